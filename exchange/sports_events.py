"""A fixture as search engines read it: schema.org's SportsEvent. It names teams and places, no people."""

from __future__ import annotations

import json

from django.utils.safestring import SafeString, mark_safe

from exchange.calendar.events import address_of, place_of
from exchange.enums import FIXTURE_PUBLIC, FixtureState, Move
from exchange.models import Fixture, Team

SCHEMA = "https://schema.org"
#: Nothing in a name ends the element that holds it; JSON reads each of them back.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def sports_event(fixture: Fixture) -> dict[str, object] | None:
    """None for what is not public, whoever looks. Sides and venue are loaded (at most 1 query)."""
    if fixture.state not in FIXTURE_PUBLIC:
        return None
    return {
        "@context": SCHEMA,
        "@type": "SportsEvent",
        "name": f"{fixture.host} – {fixture.guest}",
        "sport": str(fixture.host.played.name),
        "startDate": fixture.starts_at.astimezone(fixture.time_zone).isoformat(),
        "endDate": fixture.ends_at.astimezone(fixture.time_zone).isoformat(),
        "eventStatus": f"{SCHEMA}/{_status(fixture)}",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "location": _place(fixture),
        "homeTeam": _team(fixture.host),
        "awayTeam": _team(fixture.guest),
        "organizer": {"@type": "SportsOrganization", "name": str(fixture.host.club)},
        "url": address_of(fixture),
    }


def as_json_ld(event: dict[str, object]) -> SafeString:
    """Safe between the tags of a script, as Django's json_script makes it for its own type."""
    written = json.dumps(event, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(written)  # noqa: S308 - all that could end the element is escaped


def _status(fixture: Fixture) -> str:
    if fixture.state == FixtureState.POSTPONED:
        return "EventPostponed"
    if fixture.state == FixtureState.CANCELLED:
        return "EventCancelled"
    agreed_before = (FixtureState.CONFIRMED, FixtureState.POSTPONED)
    moved = fixture.sequence and fixture.moves.filter(move=Move.AGREE_DATE, source__in=agreed_before).exists()
    return "EventRescheduled" if moved else "EventScheduled"


def _place(fixture: Fixture) -> dict[str, object]:
    university, place = fixture.host.club.university, place_of(fixture)
    return {
        "@type": "Place",
        "name": place.words,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": university.city,
            "addressCountry": university.country.code,
        },
        "geo": {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon},
    }


def _team(team: Team) -> dict[str, object]:
    university = {"@type": "CollegeOrUniversity", "name": str(team.club.university)}
    return {"@type": "SportsTeam", "name": str(team), "memberOf": university}
