"""What becomes of an answer to a call. Every move is compare-and-set, under a lock on the call's row."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from portal.models import User
from portal.refusal import Refusal
from research.call_access import actor_of
from research.call_notices import tell_lead_moved, tell_person_moved
from research.enums import (
    CallState,
    DeclineReason,
    InterestActor,
    InterestMove,
    InterestRule,
    interest_rule,
)
from research.models import Call, Interest
from research.person_names import profile_of
from research.queries.interests import places_offered

from .members import add_member


class UnableToMove(Refusal):
    @classmethod
    def overtaken(cls, interest: Interest) -> UnableToMove:
        return cls(_("This answer is now: %(state)s.") % {"state": interest.get_state_display()})


@transaction.atomic
def move_interest(
    *,
    interest: Interest,
    move: InterestMove,
    by: User,
    now: datetime,
    reason: DeclineReason | str = "",
    reason_text: str = "",
    shown: bool = False,
) -> Interest:
    """As INTEREST_RULES have it. `reason` is for declining; `shown` for joining: is the name public?"""
    rule = _rule(interest, move, by)
    call = _lock_call(interest)
    if rule.move == InterestMove.INVITE:
        _ask_for_place(call)
    facts = {"reason": reason, "reason_text": reason_text} if rule.move == InterestMove.DECLINE else {}
    waiting = Interest.objects.filter(pk=interest.pk, state__in=rule.sources)
    if not waiting.update(state=rule.target, moved_at=now, **facts):
        raise UnableToMove.overtaken(_read(interest))
    moved = _read(interest)
    if rule.move == InterestMove.JOIN:
        _take_place(moved, shown=shown, now=now)
    if rule.actor == InterestActor.LEAD:
        tell_person_moved(interest=moved, now=now)
    else:
        tell_lead_moved(interest=moved, now=now)
    return moved


def _rule(interest: Interest, move: InterestMove, by: User) -> InterestRule:
    actor = actor_of(by, interest)
    rule = interest_rule(move, actor) if actor else None
    if rule is None:
        raise UnableToMove(_("This is not yours to decide."))
    return rule


def _lock_call(interest: Interest) -> Call:
    """Before anything else: all who move answers of one call take the same rows in the same order."""
    return Call.objects.select_for_update(no_key=True).get(pk=interest.call_id)


def _ask_for_place(call: Call) -> None:
    if call.state == CallState.CLOSED:
        raise UnableToMove(_("This call is closed."))
    if call.taken + places_offered(call) >= call.places:
        raise UnableToMove(
            _(
                "All places are taken or offered. Add places to the call, or decline somebody who is invited,"
                " before you invite another."
            )
        )


def _take_place(interest: Interest, *, shown: bool, now: datetime) -> None:
    """Refused where none is left; then the answer stays as it was."""
    call, person = interest.call, interest.person
    free = Call.objects.filter(
        pk=call.pk, state__in=(CallState.OPEN, CallState.EXPIRED), taken__lt=F("places")
    )
    if not free.update(taken=F("taken") + 1):
        raise UnableToMove(_("All places are taken meanwhile. Write to the lead of the project."))
    fill_call(call)
    profile = profile_of(person)
    university = profile.university if profile else None
    add_member(project=call.project, person=person, by=person, now=now, university=university, shown=shown)


def _read(interest: Interest) -> Interest:
    rows = Interest.objects.select_related("call__project__lead", "person__researcher_profile__university")
    return rows.get(pk=interest.pk)


def fill_call(call: Call) -> bool:
    """Whether its last place is taken now."""
    full = Call.objects.filter(pk=call.pk, state=CallState.OPEN, taken__gte=F("places"))
    return bool(full.update(state=CallState.FILLED))
