"""A fixture as a VEVENT, and what stands around it. Nothing in it is secret: calendars are shared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import STATUS, Calendar, Event, Timezone

from exchange.enums import FixtureState
from exchange.models import Fixture

PRODID = "-//University Sport Exchange//Portal//EN"
#: In a calendar the old date of a postponed fixture is off; the next one comes under the same UID.
OFF = (
    FixtureState.POSTPONED,
    FixtureState.CANCELLED,
    FixtureState.DECLINED,
    FixtureState.EXPIRED,
    FixtureState.WITHDRAWN,
)


class Place(NamedTuple):
    """Where a fixture is played, and how exactly we know that: at a venue, or somewhere in a city."""

    words: str
    lat: float
    lon: float


def fixture_event(fixture: Fixture, *, stamp: datetime) -> Event:
    """In the active language; `stamp` is when this was written (DTSTAMP). Sides and venue are loaded."""
    place = place_of(fixture)
    event = Event.new(
        uid=str(fixture.uid),
        sequence=fixture.sequence,
        stamp=stamp,
        # Not date and kick-off: a time that the clocks leap over is one hour later there, see `moment`.
        start=fixture.starts_at.astimezone(fixture.time_zone),
        end=fixture.ends_at.astimezone(fixture.time_zone),
        summary=_summary(fixture),
        description=_description(fixture),
        location=place.words,
        status=status_of(fixture),
        url=address_of(fixture),
    )
    event.add("GEO", (place.lat, place.lon))
    return event


def status_of(fixture: Fixture) -> STATUS:
    if fixture.state in OFF:
        return STATUS.CANCELLED
    return STATUS.TENTATIVE if fixture.state == FixtureState.PROPOSED else STATUS.CONFIRMED


def place_of(fixture: Fixture) -> Place:
    university, venue = fixture.host.club.university, fixture.venue
    if venue is None:
        return Place(university.city, university.lat, university.lon)
    return Place(f"{venue}, {university.city}", venue.lat, venue.lon)


def address_of(fixture: Fixture) -> str:
    return settings.BASE_URL + fixture.get_absolute_url()


def in_calendar(events: Iterable[Event], **facts: object) -> Calendar:
    """With the time zones that the events need, and no others."""
    events = list(events)
    calendar = Calendar.new(prodid=PRODID, **facts)
    years = {moment.year for event in events for moment in (event.start, event.end)}
    # Whole days have no zone.
    zones = {event["DTSTART"].params.get("TZID") for event in events} - {None}
    for tzid in sorted(zones):
        calendar.add_component(_zone(tzid, min(years) - 1, max(years) + 1))
    for event in events:
        calendar.add_component(event)
    return calendar


@lru_cache(maxsize=256)
def _zone(tzid: str, first: int, last: int) -> Timezone:
    """It is looked for day by day where the clocks of a zone change; hundreds of mails have the same one."""
    return Timezone.from_tzid(tzid, first_date=date(first, 1, 1), last_date=date(last, 12, 31))


def _summary(fixture: Fixture) -> str:
    pair = f"{fixture.host} – {fixture.guest}"
    if fixture.state == FixtureState.POSTPONED:
        return _("Postponed: %(pair)s") % {"pair": pair}
    if fixture.state in OFF:
        return _("Off: %(pair)s") % {"pair": pair}
    if fixture.state == FixtureState.PROPOSED:
        return _("Not confirmed: %(pair)s") % {"pair": pair}
    return pair


def _description(fixture: Fixture) -> str:
    """What everybody may know: no answer link, no note, no person."""
    lines = [f"{fixture.host.played.name}, {fixture.host.get_category_display()}"]
    for label, team in ((_("Host"), fixture.host), (_("Guest"), fixture.guest)):
        lines.append(f"{label}: {team}, {team.club}, {team.club.university}")
    if fixture.venue is None:
        lines.append(_("The venue is to be agreed."))
    return "\n".join([*lines, address_of(fixture)])
