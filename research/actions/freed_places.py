"""A place that somebody took by answering a call is free again when they leave the project."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from portal.models import User
from research.call_days import is_over
from research.enums import CallState, InterestState
from research.models import Call, Interest, Project


def free_places(*, project: Project, person: User, now: datetime) -> list[Call]:
    """Calls in which a place became free. A closed one stays as it is; one that was filled is open again
    until its last day.

    Before the project's row is held: who joins takes the call's row first.
    """
    joined = Interest.objects.filter(call__project=project, person=person, state=InterestState.JOINED)
    calls = Call.objects.select_for_update(no_key=True, of=("self",)).select_related("project__lead")
    freed = []
    for call in calls.filter(pk__in=joined.values("call")).order_by("pk"):
        joined.filter(call=call).update(state=InterestState.LEFT, moved_at=now)
        if call.state != CallState.CLOSED and _free_place(call, now):
            freed.append(Call.objects.get(pk=call.pk))
    return freed


def _free_place(call: Call, now: datetime) -> bool:
    taken = Call.objects.filter(pk=call.pk, taken__gt=0)
    if not taken.update(taken=F("taken") - 1):
        return False
    state = CallState.EXPIRED if is_over(call, now) else CallState.OPEN
    Call.objects.filter(pk=call.pk, state=CallState.FILLED).update(state=state)
    return True
