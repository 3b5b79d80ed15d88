"""What happens to calls by itself. All times are in the database: a portal that stood still catches up."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from research.call_days import EARLIEST_ZONE, NOTICE, is_over, today_at
from research.call_notices import tell_call_ends, tell_call_expired
from research.enums import CallState
from research.models import Call

from .changes import note_change

log = logging.getLogger(__name__)


def expire_calls(*, now: datetime) -> int:
    """Those whose last day is over where the lead university is."""
    latest = (now + EARLIEST_ZONE).date()
    return _each(_open().filter(until__lt=latest).order_by("until", "pk"), _expire, now)


def remind_of_calls(*, now: datetime) -> int:
    """Once before a call ends, unless its last day has just been chosen so near."""
    latest = (now + EARLIEST_ZONE + NOTICE).date()
    due = _open().filter(until__lte=latest, reminded_at=None)
    return _each(due.order_by("until", "pk"), _remind, now)


def _open():
    return Call.objects.filter(state=CallState.OPEN).select_related("project__lead", "project__investigator")


def _each(calls: Iterable[Call], act: Callable[[Call, datetime], bool], now: datetime) -> int:
    """How many have been acted on. One that fails is logged and holds up no other."""
    acted = 0
    for call in list(calls):
        try:
            acted += act(call, now)
        except Exception:
            log.exception("%s failed for call %s", act.__name__, call.pk)
    return acted


@transaction.atomic
def _expire(call: Call, now: datetime) -> bool:
    """The compare-and-set on `until` lets an extension in the same moment win."""
    if not is_over(call, now):
        return False
    standing = Call.objects.filter(pk=call.pk, state=CallState.OPEN, until=call.until)
    if not standing.update(state=CallState.EXPIRED):
        return False
    call.state = CallState.EXPIRED
    tell_call_expired(call=call, now=now)
    note_change(project=call.project, now=now)
    return True


@transaction.atomic
def _remind(call: Call, now: datetime) -> bool:
    today = today_at(call.project.lead, now)
    if not call.until - NOTICE <= today <= call.until:
        return False
    standing = Call.objects.filter(pk=call.pk, state=CallState.OPEN, until=call.until, reminded_at=None)
    if not standing.update(reminded_at=now):
        return False
    tell_call_ends(call=call, now=now)
    return True
