"""Clubs answer: both accept and the fixture stands, one declines or stays silent and its day is free."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from exchange import notices
from exchange.enums import INVITATION_LIVE, AnswerWay, FixtureState, InvitationState
from exchange.models import Fixture, ForbiddenPair, Invitation, Team
from exchange.queries.invitations import overdue_fixtures, with_sides
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
    if locked.other.state == InvitationState.ACCEPTED:
        _move(locked.fixture, FixtureState.CONFIRMED, now)
        notices.tell_confirmed(fixture=locked.fixture, now=now)
    return locked.fixture


@transaction.atomic
def decline_invitation(
    *, invitation: Invitation, by: User | None, via: AnswerWay, reason: str, now: datetime
) -> Fixture:
    """Frees the day, forbids the pair for this season. Raises `UnableToDecline` if another answer stands."""
    locked = _lock(invitation)
    if locked.mine.state == InvitationState.DECLINED:
        return locked.fixture
    reason = reason.strip()[:LONGEST_REASON]
    _answer(locked, InvitationState.DECLINED, UnableToDecline, by=by, via=via, now=now, decline_reason=reason)
    _call_off(locked.fixture, FixtureState.DECLINED, now)
    _withdraw(locked.other)
    notices.withdraw_mails(locked.mine)
    first, second = sorted((locked.fixture.host_id, locked.fixture.guest_id))
    ForbiddenPair.objects.get_or_create(
        season_id=locked.fixture.season_id, first_id=first, second_id=second, defaults={"since": now}
    )
    notices.tell_declined(fixture=locked.fixture, by=locked.mine.team, reason=reason, now=now)
    return locked.fixture


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
    fixture = _lock_fixture(pk)
    late = fixture.invitations.filter(state=InvitationState.SENT, expires_at__lte=now)
    silent = list(late.select_related("team"))
    if fixture.state != FixtureState.PROPOSED or not silent:
        return 0
    late.update(state=InvitationState.EXPIRED)
    _call_off(fixture, FixtureState.EXPIRED, now)
    for invitation in fixture.invitations.filter(state__in=INVITATION_LIVE):
        _withdraw(invitation)
    for invitation in silent:
        notices.withdraw_mails(invitation)
    notices.tell_expired(fixture=fixture, silent=[invitation.team for invitation in silent], now=now)
    return 1


def _lock(invitation: Invitation) -> Locked:
    fixture = _lock_fixture(invitation.fixture_id)
    sides = {row.pk: row for row in fixture.invitations.select_related("team").order_by("pk")}
    mine = sides.pop(invitation.pk)
    (other,) = sides.values()
    return Locked(fixture, mine, other)


def _lock_fixture(pk: int) -> Fixture:
    """The fixture, then its teams in ascending order, so that no two answers wait for each other.

    NO KEY: rows that only point at a team or a fixture (a run being published) need not wait.
    """
    fixture = with_sides(Fixture.objects).select_for_update(of=("self",), no_key=True).get(pk=pk)
    teams = Team.objects.filter(pk__in=(fixture.host_id, fixture.guest_id))
    list(teams.select_for_update(no_key=True).order_by("pk"))
    return fixture


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
        state=state, answered_at=now, answered_by=by, answered_via=via, **facts
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


def _call_off(fixture: Fixture, state: FixtureState, now: datetime) -> None:
    _move(fixture, state, now)
    fixture.occupancies.update(active=False)


def _move(fixture: Fixture, state: FixtureState, now: datetime) -> None:
    proposed = Fixture.objects.filter(pk=fixture.pk, state=FixtureState.PROPOSED)
    if proposed.update(state=state, moved_at=now) != 1:
        raise RuntimeError(f"fixture {fixture.pk} is {fixture.state} though an invitation was open")
    fixture.state, fixture.moved_at = state, now


def _withdraw(invitation: Invitation) -> None:
    live = Invitation.objects.filter(pk=invitation.pk, state__in=INVITATION_LIVE)
    live.update(state=InvitationState.WITHDRAWN)
    notices.withdraw_mails(invitation)
