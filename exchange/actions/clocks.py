"""What happens by itself when a time has come. All times are columns of the database: a portal that stood
still for a week catches up, and does nothing twice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from exchange import notices
from exchange.actions.fixtures.calling_off import cancel_fixture
from exchange.actions.fixtures.moves import CLOCK, lock_fixture, move_fixture
from exchange.actions.fixtures.offers import expire_offer
from exchange.actions.fixtures.results import ASK_AFTER, ask_for_result, let_result_stand
from exchange.answer_links import hash_nonce, new_nonce
from exchange.enums import FixtureState, InvitationState, Move, OfferState, ResultState
from exchange.models import DateOffer, Fixture, Invitation, Result
from exchange.models.fixtures import LASTS

log = logging.getLogger(__name__)


def each(rows: Iterable[int], act: Callable[[int, datetime], bool], *, now: datetime) -> int:
    """How many of `rows` have been acted on. One that fails is logged and holds up no other."""
    acted = 0
    for pk in list(rows):
        try:
            acted += act(pk, now)
        except Exception:
            log.exception("%s failed for %s", act.__name__, pk)
    return acted


def remind_invited(*, now: datetime) -> int:
    """Reminds once of each invitation that has been met with silence."""
    due = Invitation.objects.filter(remind_at__lte=now, state=InvitationState.SENT, expires_at__gt=now)
    return each(due.order_by("remind_at", "pk").values_list("pk", flat=True), _remind, now=now)


@transaction.atomic
def _remind(pk: int, now: datetime) -> bool:
    """The compare-and-set on `remind_at` lets one sweep through, whatever its clock says."""
    fixture = lock_fixture(Invitation.objects.values_list("fixture", flat=True).get(pk=pk))
    invitation = Invitation.objects.select_related("team__club__university").get(pk=pk)
    invitation.fixture = fixture
    nonce, version = new_nonce(), invitation.version + 1
    waiting = Invitation.objects.filter(
        pk=pk, state=InvitationState.SENT, remind_at__lte=now, version=invitation.version
    )
    if not waiting.update(remind_at=None, version=version, nonce_hash=hash_nonce(nonce)):
        return False
    # The first mail may not have left yet: one question is enough, and its link is dead.
    notices.withdraw_mails(invitation)
    invitation.version = version
    notices.tell_reminded(issued=notices.Issued(invitation, nonce), now=now)
    return True


def begin_fixtures(*, now: datetime) -> int:
    """Confirmed fixtures whose time is over have been played, until somebody says otherwise."""
    over = Fixture.objects.filter(state=FixtureState.CONFIRMED, starts_at__lte=now - LASTS)
    return each(over.order_by("starts_at", "pk").values_list("pk", flat=True), _begin, now=now)


@transaction.atomic
def _begin(pk: int, now: datetime) -> bool:
    fixture = lock_fixture(pk)
    if fixture.state != FixtureState.CONFIRMED or fixture.starts_at > now - LASTS:
        return False
    move_fixture(fixture, Move.PLAY, FixtureState.PLAYED, by=CLOCK, now=now, ask_result_at=now + ASK_AFTER)
    return True


def ask_for_results(*, now: datetime) -> int:
    """Both sides of what was played a while ago, unless one of them has said already how it ended."""
    due = Fixture.objects.filter(ask_result_at__lte=now, state=FixtureState.PLAYED)
    return each(due.order_by("ask_result_at", "pk").values_list("pk", flat=True), ask_for_result, now=now)


def let_results_stand(*, now: datetime) -> int:
    """Results that the other side has neither confirmed nor disputed in time."""
    due = Result.objects.filter(state=ResultState.ENTERED, stands_at__lte=now)
    return each(due.order_by("stands_at", "pk").values_list("pk", flat=True), let_result_stand, now=now)


def expire_offers(*, now: datetime) -> int:
    """Offers of other dates that nobody has answered; what stood before still stands."""
    due = DateOffer.objects.filter(state=OfferState.OPEN, expires_at__lte=now)
    return each(due.order_by("expires_at", "pk").values_list("pk", flat=True), expire_offer, now=now)


def end_postponed(*, now: datetime) -> int:
    """Postponed fixtures of a season that is over find no date any more."""
    left = Fixture.objects.filter(state=FixtureState.POSTPONED, season__ends__lt=now.date())
    return each(left.order_by("pk").values_list("pk", flat=True), _end, now=now)


def _end(pk: int, now: datetime) -> bool:
    fixture = Fixture.objects.get(pk=pk)
    return cancel_fixture(fixture=fixture, by=CLOCK, reason="", now=now).state == FixtureState.CANCELLED
