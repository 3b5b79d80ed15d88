"""What a request may not say: each rule returns its fault as a sentence, or None. Forms show it in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.models import Fixture, Season, Team


def fault_of_day(day: date, season: Season, *, today: date) -> str | None:
    if not season.starts <= day <= season.ends:
        span = {
            "day": date_format(day),
            "starts": date_format(season.starts),
            "ends": date_format(season.ends),
        }
        return _("%(day)s lies outside the season, which runs from %(starts)s to %(ends)s.") % span
    if day <= today:
        return _("%(day)s is not a day still to come.") % {"day": date_format(day)}
    return None


def fault_of_number(wanted: int, days: int) -> str | None:
    if wanted <= days:
        return None
    return ngettext(
        "There is only %(days)s day to play on; ask for no more fixtures than days.",
        "There are only %(days)s days to play on; ask for no more fixtures than days.",
        days,
    ) % {"days": days}


def fault_of_choice(team: Team, avoid: Iterable[Team], prefer: Iterable[Team]) -> str | None:
    for rival in {*avoid, *prefer}:
        if (rival.sport, rival.category) != (team.sport, team.category):
            return _("%(team)s plays another sport or category.") % {"team": rival}
        if rival.club.university_id == team.club.university_id:
            return _("%(team)s belongs to the same university.") % {"team": rival}
    both = sorted(str(rival) for rival in set(avoid) & set(prefer))
    return _("%(team)s cannot be both avoided and preferred.") % {"team": both[0]} if both else None


def fault_beside(standing: Sequence[Fixture], wanted: int, min_rest_days: int) -> str | None:
    """A change must leave room for the fixtures that stand, else no run could hold them."""
    if wanted < len(standing):
        return ngettext(
            "%(count)s fixture of this request already stands; ask for at least as many.",
            "%(count)s fixtures of this request already stand; ask for at least as many.",
            len(standing),
        ) % {"count": len(standing)}
    dates = sorted(fixture.date for fixture in standing)
    gaps = [(late - early).days for early, late in pairwise(dates)]
    if gaps and min(gaps) <= min_rest_days:
        return _("Two fixtures that stand lie closer together than this.")
    return None
