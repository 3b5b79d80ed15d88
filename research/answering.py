"""Why somebody cannot answer a call: one function a reason, in the order in which they are told."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from portal.models import User
from portal.newcomers import has_confirmed_address
from research.access import is_member
from research.call_days import is_over
from research.call_words import origin_sentence
from research.enums import INTEREST_OPEN, CallState, InterestState
from research.models import Call
from research.person_names import profile_of
from research.queries.public import is_public


def not_open(call: Call, person: User, now: datetime) -> str | None:
    if call.state == CallState.FILLED:
        return _("All places of this call are taken.")
    if call.state != CallState.OPEN or is_over(call, now):
        return _("This call cannot be answered any more.")
    if not is_public(call.project):
        return _("The project of this call is not public at the moment.")
    return None


def own_project(call: Call, person: User, now: datetime) -> str | None:
    return _("You belong to this project already.") if is_member(person, call.project) else None


def unproven_address(call: Call, person: User, now: datetime) -> str | None:
    return None if has_confirmed_address(person) else _("Confirm your e-mail address first.")


def answered_before(call: Call, person: User, now: datetime) -> str | None:
    """Who withdrew may answer once more; who was declined has had their answer."""
    states = set(call.interests.filter(person=person).values_list("state", flat=True))
    if states & {*INTEREST_OPEN, InterestState.JOINED}:
        return _("You have answered this call already.")
    if InterestState.DECLINED in states:
        return _("You have answered this call already, and were declined.")
    return None


def from_elsewhere(call: Call, person: User, now: datetime) -> str | None:
    """A call that names countries and universities is open to people of either."""
    named = {university.pk for university in call.universities.all()}
    if not call.countries and not named:
        return None
    profile = profile_of(person)
    home = profile.university if profile else None
    if home is None:
        advice = _("Write down your university in your researcher's profile first.")
        return f"{origin_sentence(call)} {advice}"
    if home.pk in named or home.country.code in call.countries:
        return None
    return f"{origin_sentence(call)} " + _("Your profile says %(university)s.") % {"university": home}


REASONS = (not_open, own_project, unproven_address, answered_before, from_elsewhere)


def why_not_answer(call: Call, person: User, now: datetime) -> str | None:
    """The first reason why `person` cannot answer `call`; None if they can (about 6 queries)."""
    return next(filter(None, (reason(call, person, now) for reason in REASONS)), None)
