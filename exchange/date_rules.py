"""What makes another date of a fixture impossible: each rule returns its reason as a sentence, or None.

What the other side has elsewhere stays its own affair: the sentences name no other fixture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.enums import FIXTURE_HOLDS, Side
from exchange.gateway import NOTICE_DAYS, earliest_day
from exchange.models import Venue
from exchange.queries.room import Room

#: Days that a form or a refusal suggests.
MOST_SUGGESTED = 12


@dataclass(frozen=True, slots=True)
class ProposedDate:
    """`venue`: None means “to be agreed”."""

    date: date
    kick_off: time
    venue: Venue | None


Rule = Callable[[Room, ProposedDate], str | None]


def inside_season(room: Room, asked: ProposedDate) -> str | None:
    season = room.fixture.season
    if season.starts <= asked.date <= season.ends:
        return None
    span = {"starts": date_format(season.starts), "ends": date_format(season.ends)}
    return _("The season runs from %(starts)s to %(ends)s.") % span


def another_date(room: Room, asked: ProposedDate) -> str | None:
    fixture = room.fixture
    stands = (fixture.date, fixture.kick_off, fixture.venue_id)
    same = (asked.date, asked.kick_off, asked.venue and asked.venue.pk) == stands
    return _("This is the date that stands.") if same and fixture.state in FIXTURE_HOLDS else None


def teams_free(room: Room, asked: ProposedDate) -> str | None:
    for side in Side:
        if asked.date in room.taken[side]:
            return _("%(team)s is not free that day.") % {"team": room.fixture.team_of(side)}
    return None


def teams_rested(room: Room, asked: ProposedDate) -> str | None:
    for side in Side:
        rest = room.rest[side]
        if any(abs((asked.date - other).days) <= rest for other in room.taken[side]):
            return ngettext(
                "%(team)s wants %(count)s free day between two fixtures, and has one too near to that day.",
                "%(team)s wants %(count)s free days between two fixtures, and has one too near to that day.",
                rest,
            ) % {"team": room.fixture.team_of(side), "count": rest}
    return None


def venue_fits(room: Room, asked: ProposedDate) -> str | None:
    if asked.venue is None:
        return _("Choose a venue.") if room.fixture.venue_id else None
    if asked.venue in room.venues:
        return None
    return _("%(venue)s is no venue of the host for this sport.") % {"venue": asked.venue}


def place_free(room: Room, asked: ProposedDate) -> str | None:
    if asked.venue is None or room.free_places(asked.venue, asked.date) > 0:
        return None
    return _("%(venue)s has no place left that day.") % {"venue": asked.venue}


#: What must hold when a date is offered, and still when it is picked.
RULES: tuple[Rule, ...] = (inside_season, another_date, teams_free, teams_rested, venue_fits, place_free)


def enough_notice(asked: ProposedDate, *, now: datetime) -> str | None:
    """As for fixtures of a run: the other side must have time to answer."""
    if asked.date >= earliest_day(now):
        return None
    return ngettext(
        "The other side needs %(count)s day to answer: offer a later date.",
        "The other side needs %(count)s days to answer: offer a later date.",
        NOTICE_DAYS,
    ) % {"count": NOTICE_DAYS}


def named_by_other(room: Room, asked: ProposedDate, *, side: Side, now: datetime) -> str | None:
    """Who offers knows of itself; of the other side the portal knows the days it has named."""
    other = Side.GUEST if side == Side.HOST else Side.HOST
    if asked.date == room.fixture.date or asked.date in room.named[other]:
        return None
    words = {"team": room.fixture.team_of(other)}
    suiting = days_that_suit(room, now=now)
    if not suiting:
        return _("%(team)s has not named this day, and no other day suits both.") % words
    words["days"] = ", ".join(date_format(day) for day in suiting)
    return _("%(team)s has not named this day. Offer one of: %(days)s.") % words


def fault_of(room: Room, asked: ProposedDate) -> str | None:
    return next((fault for rule in RULES if (fault := rule(room, asked))), None)


def faults_of_offer(
    room: Room, dates: Sequence[ProposedDate], *, side: Side, now: datetime
) -> dict[int, str]:
    """The first fault of each date that has one, by the number of the date, from 1."""
    faults: dict[int, str] = {}
    for number, asked in enumerate(dates, start=1):
        fault = (
            enough_notice(asked, now=now)
            or fault_of(room, asked)
            or named_by_other(room, asked, side=side, now=now)
        )
        if not fault and asked in dates[: number - 1]:
            fault = _("This date is in the list already.")
        if fault:
            faults[number] = fault
    return faults


def days_that_suit(room: Room, *, now: datetime) -> list[date]:
    """Named by both, and possible at the fixture's venue or another one of the host; the first ones."""
    fixture = room.fixture
    days = sorted(room.named[Side.HOST] & room.named[Side.GUEST] - {fixture.date})
    return [day for day in days if day >= earliest_day(now) and venue_on(room, day)][:MOST_SUGGESTED]


def venue_on(room: Room, day: date) -> ProposedDate | None:
    """The day at the usual time, at the usual venue or, if that is full, at another; None if impossible."""
    fixture = room.fixture
    possible = (ProposedDate(day, fixture.kick_off, venue) for venue in _usual_first(room))
    return next((asked for asked in possible if fault_of(room, asked) is None), None)


def _usual_first(room: Room) -> Iterable[Venue | None]:
    if room.fixture.venue_id is None:
        return (None,)
    return sorted(room.venues, key=lambda venue: venue.pk != room.fixture.venue_id)
