"""Clubs answer: both accept and the fixture stands, one declines or stays silent and its day is free."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from exchange import notices
from exchange.actions.fixtures.calling_off import close_offers, withdraw_invitations
from exchange.actions.fixtures.moves import CLOCK, By, lock_fixture, move_fixture
from exchange.actions.fixtures.repair import ask_for_repair, forbid_pair
from exchange.enums import Actor, AnswerWay, FixtureState, InvitationState, Move
from exchange.models import Fixture, Invitation
from exchange.queries.invitations import overdue_fixtures
from portal.models import User
from portal.refusal import Refusal

log = logging.getLogger(__name__)

#: What an officer may write when declining.
LONGEST_REASON = Invitation._meta.get_field("decline_reason").max_length


class UnableToAnswer(Refusal):
    pass


class UnableToAccept(UnableToAnswer):
    pass


class UnableToDecline(UnableToAnswer):
    pass


@dataclass(frozen=True, slots=True)
class Locked:
    """A fixture nobody else moves until the transaction ends, with both invitations as they stand now."""

    fixture: Fixture
    mine: Invitation
    other: Invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, by: User | None, via: AnswerWay, now: datetime) -> Fixture:
    """The same answer again changes nothing. Raises `UnableToAccept` when another answer stands."""
    locked = _lock(invitation)
    if locked.mine.state == InvitationState.ACCEPTED:
        return locked.fixture
    _answer(locked, InvitationState.ACCEPTED, UnableToAccept, by=by, via=via, now=now)
    both = locked.other.state == InvitationState.ACCEPTED
    target = FixtureState.CONFIRMED if both else FixtureState.PROPOSED
    move_fixture(locked.fixture, Move.ACCEPT, target, by=_side(locked, by, via), now=now)
    if both:
        close_offers(locked.fixture, now=now)
        notices.tell_confirmed(fixture=locked.fixture, now=now)
    return locked.fixture


@transaction.atomic
def decline_invitation(
    *, invitation: Invitation, by: User | None, via: AnswerWay, reason: str, now: datetime
) -> Fixture:
    """Frees the day, forbids the pair for this season and has a run look for others.

    Raises `UnableToDecline` if another answer stands.
    """
    locked = _lock(invitation)
    if locked.mine.state == InvitationState.DECLINED:
        return locked.fixture
    reason = reason.strip()[:LONGEST_REASON]
    _answer(locked, InvitationState.DECLINED, UnableToDecline, by=by, via=via, now=now, decline_reason=reason)
    fixture = locked.fixture
    move_fixture(
        fixture,
        Move.DECLINE,
        FixtureState.DECLINED,
        by=_side(locked, by, via),
        now=now,
        note=reason,
        sequence=fixture.sequence + 1,
    )
    withdraw_invitations(fixture)
    close_offers(fixture, now=now)
    notices.withdraw_mails(locked.mine)
    forbid_pair(fixture, now=now)
    notices.tell_declined(fixture=fixture, by=locked.mine.team, reason=reason, now=now)
    ask_for_repair(fixture, now=now)
    return fixture


@transaction.atomic
def note_perhaps(*, invitation: Invitation, now: datetime) -> None:
    """A calendar has answered "perhaps": both sides see it, and it is no answer yet."""
    locked = _lock(invitation)
    waiting = Invitation.objects.filter(pk=locked.mine.pk, state=InvitationState.SENT)
    if not waiting.update(tentative_at=now):
        raise UnableToAnswer(_standing(locked.mine))


def expire_invitations(*, now: datetime) -> int:
    """Calls off every fixture whose time to answer has run out; one that fails holds up no other."""
    expired = 0
    for pk in list(overdue_fixtures(now).values_list("pk", flat=True)):
        try:
            expired += _expire(pk, now)
        except Exception:
            log.exception("fixture %s could not be expired", pk)
    return expired


@transaction.atomic
def _expire(pk: int, now: datetime) -> int:
    """0 if somebody has answered meanwhile."""
    fixture = lock_fixture(pk)
    late = fixture.invitations.filter(state=InvitationState.SENT, expires_at__lte=now)
    silent = list(late.select_related("team"))
    if not overdue_fixtures(now).filter(pk=pk).exists():
        return 0
    late.update(state=InvitationState.EXPIRED, remind_at=None)
    sequence = fixture.sequence + 1
    move_fixture(fixture, Move.EXPIRE, FixtureState.EXPIRED, by=CLOCK, now=now, sequence=sequence)
    withdraw_invitations(fixture)
    close_offers(fixture, now=now)
    for invitation in silent:
        notices.withdraw_mails(invitation)
    notices.tell_expired(fixture=fixture, silent=[invitation.team for invitation in silent], now=now)
    ask_for_repair(fixture, now=now)
    return 1


def _lock(invitation: Invitation) -> Locked:
    fixture = lock_fixture(invitation.fixture_id)
    sides = {row.pk: row for row in fixture.invitations.select_related("team").order_by("pk")}
    mine = sides.pop(invitation.pk)
    (other,) = sides.values()
    return Locked(fixture, mine, other)


def _side(locked: Locked, person: User | None, via: AnswerWay) -> By:
    return By(Actor(locked.mine.side), person, via)


def _answer(
    locked: Locked,
    state: InvitationState,
    refusal: type[UnableToAnswer],
    *,
    by: User | None,
    via: AnswerWay,
    now: datetime,
    **facts: object,
) -> None:
    mine = locked.mine
    if mine.state == InvitationState.SENT and mine.expires_at <= now:
        raise refusal(_("The time to answer this invitation is over."))
    if mine.state == InvitationState.SENT and locked.fixture.state != FixtureState.PROPOSED:
        raise refusal(_("This fixture is not open any more."))
    moved = Invitation.objects.filter(pk=mine.pk, state=InvitationState.SENT).update(
        state=state, remind_at=None, answered_at=now, answered_by=by, answered_via=via, **facts
    )
    if moved != 1:
        raise refusal(_standing(mine))


def _standing(invitation: Invitation) -> str:
    """Why an invitation takes no answer any more."""
    return {
        InvitationState.ACCEPTED: _("This invitation has already been accepted."),
        InvitationState.DECLINED: _("This invitation has already been declined."),
        InvitationState.EXPIRED: _("The time to answer this invitation is over."),
        InvitationState.WITHDRAWN: _("The other side will not play: this invitation is withdrawn."),
    }[InvitationState(invitation.state)]
