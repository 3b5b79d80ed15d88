"""What makes a challenge impossible: each rule returns its reason as a sentence, or None.

The rules of matching/rules.py, said to the challenger. Whom the other side avoids is not told: that and a no
earlier in the season are one sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.enums import RequestState, Side
from exchange.gateway import earliest_day
from exchange.matching.rules import DISTANCE_SLACK_KM
from exchange.models import FixtureRequest
from exchange.queries.challenges import USUAL_REST, Duel

#: A team that challenges everybody is ignored by everybody.
MOST_A_DAY = 3
#: Days that the form lists.
MOST_DAYS = 40


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """A day, and what the challenger does on it."""

    day: date
    side: Side


def same_category(duel: Duel) -> str | None:
    asked, team = duel.asked.team, duel.team
    same = (asked.sport, asked.category) == (team.sport, team.category)
    return None if same else _("%(team)s plays another sport or category.") % {"team": asked}


def different_university(duel: Duel) -> str | None:
    same = duel.asked.team.club.university_id == duel.team.club.university_id
    return _("%(team)s belongs to the same university.") % {"team": duel.asked.team} if same else None


def still_looking(duel: Duel) -> str | None:
    asked = duel.asked
    if asked.state == RequestState.OPEN and duel.standing[asked.pk] < asked.wanted:
        return None
    return _("%(team)s does not look for opponents any more.") % {"team": asked.team}


def room_in_own(duel: Duel) -> str | None:
    own = duel.own
    if own is None or own.state != RequestState.OPEN or duel.standing[own.pk] < own.wanted:
        return None
    return _("Your team has all the fixtures it wants: change its request to want one more.")


def not_meeting(duel: Duel) -> str | None:
    return _("These two meet in this season already, or are asked to.") if duel.meets else None


def welcome(duel: Duel) -> str | None:
    if duel.own_avoids:
        return _("Your own request avoids %(team)s. Change it first.") % {"team": duel.asked.team}
    return (
        _("%(team)s cannot be asked by your team in this season.") % {"team": duel.asked.team}
        if duel.refused
        else None
    )


def balanced(duel: Duel) -> str | None:
    gap = abs(duel.asked.team.rating - duel.team.rating)
    limits = [row.max_rating_gap for row in (duel.asked, duel.own) if row and row.max_rating_gap is not None]
    if all(gap <= limit for limit in limits):
        return None
    return _("The two are rated too far apart for what one of them has asked for.")


def not_too_many(duel: Duel) -> str | None:
    if duel.challenges < MOST_A_DAY:
        return None
    return ngettext(
        "Your team has sent %(count)s challenge within a day. Wait until tomorrow.",
        "Your team has sent %(count)s challenges within a day. Wait until tomorrow.",
        duel.challenges,
    ) % {"count": duel.challenges}


#: Whatever the day is.
PAIR_RULES = (
    same_category,
    different_university,
    still_looking,
    room_in_own,
    not_meeting,
    welcome,
    balanced,
    not_too_many,
)


def enough_notice(duel: Duel, choice: Choice, now: datetime) -> str | None:
    if choice.day >= earliest_day(now):
        return None
    return _("This day is too near: the other side must have time to answer.")


def named_by_other(duel: Duel, choice: Choice, now: datetime) -> str | None:
    if choice.day in duel.named_for(choice.side):
        return None
    return _("%(team)s has not named this day for that. Choose a day of the list.") % {
        "team": duel.asked.team
    }


def within_reach(duel: Duel, choice: Choice, now: datetime) -> str | None:
    """Who travels without having asked decides so now."""
    guest = duel.asked if choice.side == Side.HOST else duel.own
    if (
        guest is None
        or guest.state != RequestState.OPEN
        or duel.km <= guest.max_distance_km + DISTANCE_SLACK_KM
    ):
        return None
    facts = {"team": guest.team, "km": guest.max_distance_km, "way": round(duel.km)}
    return _("%(team)s travels %(km)s km at most, and it is %(way)s km.") % facts


def teams_free(duel: Duel, choice: Choice, now: datetime) -> str | None:
    for team in (duel.team, duel.asked.team):
        if choice.day in duel.taken[team.pk]:
            return _("%(team)s is not free that day.") % {"team": team}
    return None


def teams_rested(duel: Duel, choice: Choice, now: datetime) -> str | None:
    for team, request in ((duel.team, duel.own), (duel.asked.team, duel.asked)):
        rest = _rest(request)
        if any(abs((choice.day - other).days) <= rest for other in duel.taken[team.pk]):
            return _("%(team)s plays too near to that day.") % {"team": team}
    return None


def place_free(duel: Duel, choice: Choice, now: datetime) -> str | None:
    venue = duel.host(choice.side).home_venue
    if venue is None or len(duel.places.get((venue.pk, choice.day), ())) < venue.capacity:
        return None
    return _("%(venue)s has no place left that day.") % {"venue": venue}


DAY_RULES = (enough_notice, named_by_other, within_reach, teams_free, teams_rested, place_free)


def fault_of_pair(duel: Duel) -> str | None:
    return next((fault for rule in PAIR_RULES if (fault := rule(duel))), None)


def fault_of_choice(duel: Duel, choice: Choice, *, now: datetime) -> str | None:
    return next((fault for rule in DAY_RULES if (fault := rule(duel, choice, now))), None)


def choices_of(duel: Duel, *, now: datetime) -> list[Choice]:
    """Days that suit both, the earliest first."""
    return [choice for choice in _named(duel) if fault_of_choice(duel, choice, now=now) is None][:MOST_DAYS]


def why_none(duel: Duel, *, now: datetime) -> list[str]:
    """The reasons for which the days that the other side has named are none, each once."""
    faults = (fault_of_choice(duel, choice, now=now) for choice in _named(duel))
    return list(dict.fromkeys(filter(None, faults)))


def _named(duel: Duel) -> Iterator[Choice]:
    return iter(sorted(Choice(day, side) for side in Side for day in duel.named_for(side)))


def _rest(request: FixtureRequest | None) -> int:
    return request.min_rest_days if request else USUAL_REST
