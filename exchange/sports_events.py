"""Fixtures and venues as search engines read them, in schema.org's words: teams and places, no people."""

from __future__ import annotations

from django.conf import settings

from exchange.calendar.events import address_of, place_of
from exchange.enums import FIXTURE_PUBLIC, FixtureState, Move
from exchange.models import Fixture, Team, VenuePage
from portal.json_ld import SCHEMA, college, coordinates, postal_address


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


def activity_location(page: VenuePage) -> dict[str, object]:
    """The place of a venue's page."""
    venue = page.venue
    university = venue.university
    lines = {"streetAddress": venue.street, "postalCode": venue.postal_code}
    if venue.town:
        lines["addressLocality"] = venue.town
    return {
        "@context": SCHEMA,
        "@type": "SportsActivityLocation",
        "name": str(venue),
        "url": settings.BASE_URL + page.url,
        "address": postal_address(university, **lines),
        "geo": coordinates(venue.lat, venue.lon),
        "containedInPlace": college(university),
    }


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
        "address": postal_address(university),
        "geo": coordinates(place.lat, place.lon),
    }


def _team(team: Team) -> dict[str, object]:
    university = {"@type": "CollegeOrUniversity", "name": str(team.club.university)}
    return {"@type": "SportsTeam", "name": str(team), "memberOf": university}
