"""What happens by itself before a fixture: packs are sent, hosts asked, guests warned, changes told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from exchange import arrangement_notices as notices
from exchange.actions.clocks import each
from exchange.actions.fixtures.arrangements import arrangements_of, tell_untold
from exchange.actions.fixtures.moves import lock_fixture
from exchange.enums import FixtureState
from exchange.models import Arrangements, Fixture

#: Before the kick-off.
SEND_PACK, ASK_HOST, WARN_GUEST = timedelta(days=10), timedelta(hours=48), timedelta(hours=24)
#: A host that was asked late, because the portal stood still or the date is new, has this long to answer.
HOST_ANSWERS = timedelta(hours=2)


def send_packs(*, now: datetime) -> int:
    """The visiting information; at once where a fixture was confirmed later than ten days before."""
    due = _coming(now, SEND_PACK).filter(Q(arrangements=None) | Q(arrangements__pack_sent_at=None))
    return each(due.values_list("pk", flat=True), _send_pack, now=now)


def ask_hosts(*, now: datetime) -> int:
    """Those that have not said that the arrangements hold."""
    open_ones = Q(arrangements__confirmed_at=None, arrangements__confirmation_asked_at=None)
    due = _coming(now, ASK_HOST).filter(Q(arrangements=None) | open_ones)
    return each(due.values_list("pk", flat=True), _ask_host, now=now)


def warn_guests(*, now: datetime) -> int:
    """That the host was asked and has not confirmed."""
    due = _coming(now, WARN_GUEST).filter(
        arrangements__confirmed_at=None,
        arrangements__guest_warned_at=None,
        arrangements__confirmation_asked_at__lte=now - HOST_ANSWERS,
    )
    return each(due.values_list("pk", flat=True), _warn_guest, now=now)


def tell_changes(*, now: datetime) -> int:
    """Of contacts, kits and the like, which may be changed many times in an hour."""
    due = Arrangements.objects.filter(tell_at__lte=now, fixture__state=FixtureState.CONFIRMED)
    return each(due.order_by("tell_at", "pk").values_list("fixture", flat=True), _tell_changes, now=now)


def _coming(now: datetime, before: timedelta) -> QuerySet[Fixture]:
    """Confirmed fixtures that begin within `before`."""
    return Fixture.objects.filter(
        state=FixtureState.CONFIRMED, starts_at__gt=now, starts_at__lte=now + before
    ).order_by("starts_at", "pk")


@transaction.atomic
def _send_pack(pk: int, now: datetime) -> bool:
    fixture, row = _locked(pk)
    if not _notes(row, _coming(now, SEND_PACK), now, pack_sent_at=None):
        return False
    notices.tell_pack(fixture=fixture, row=row, now=now)
    return True


@transaction.atomic
def _ask_host(pk: int, now: datetime) -> bool:
    fixture, row = _locked(pk)
    if not _notes(row, _coming(now, ASK_HOST), now, confirmation_asked_at=None, confirmed_at=None):
        return False
    notices.tell_due(fixture=fixture, row=row, now=now)
    return True


@transaction.atomic
def _warn_guest(pk: int, now: datetime) -> bool:
    fixture, row = _locked(pk)
    if not _notes(row, _coming(now, WARN_GUEST), now, guest_warned_at=None, confirmed_at=None):
        return False
    notices.tell_unconfirmed(fixture=fixture, row=row, now=now)
    return True


@transaction.atomic
def _tell_changes(pk: int, now: datetime) -> bool:
    fixture, row = _locked(pk)
    if row.tell_at is None or row.tell_at > now or fixture.state != FixtureState.CONFIRMED:
        return False
    before = row.revision
    tell_untold(fixture, row, now=now)
    row.save(update_fields=["untold", "tell_at", "told_at", "revision"])
    return row.revision > before


def _locked(pk: int) -> tuple[Fixture, Arrangements]:
    fixture = lock_fixture(pk)
    return fixture, arrangements_of(fixture)


def _notes(row: Arrangements, due: QuerySet[Fixture], now: datetime, **as_found: None) -> bool:
    """Compare-and-set: the first of `as_found` is written when all are as they were found."""
    done = next(iter(as_found))
    waiting = Arrangements.objects.filter(pk=row.pk, fixture__in=due.order_by().values("pk"), **as_found)
    row.revision += 1
    if not waiting.update(**{done: now, "revision": row.revision}):
        return False
    setattr(row, done, now)
    return True
