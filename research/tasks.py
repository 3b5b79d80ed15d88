"""Messages are hints: each task does what the rows say, and a message that comes twice does nothing twice."""

from __future__ import annotations

from types import ModuleType

from celery import shared_task
from django.utils import timezone

from portal.clock import cautious_now
from research.actions import call_clocks, search_clocks


@shared_task(name="research.keep_clocks")
def keep_clocks(**_later: object) -> None:
    """All that happens to research by itself, and never early because one machine's clock is fast."""
    now = cautious_now()
    for act in CLOCKS:
        act(now=now)


#: Whose call has run out is not reminded of it in the same sweep.
CLOCKS = (
    call_clocks.expire_calls,
    call_clocks.remind_of_calls,
    search_clocks.tell_saved_searches,
)


@shared_task(name="research.suggest_for")
def suggest_for(*, project_id: int, **_later: object) -> None:
    _suggestions().suggest_for_project(project_id=project_id, now=timezone.now())


@shared_task(name="research.suggest_for_reader")
def suggest_for_reader(*, profile_id: int, **_later: object) -> None:
    _suggestions().suggest_for_profile(profile_id=profile_id, now=timezone.now())


@shared_task(name="research.suggest_nightly")
def suggest_nightly(**_later: object) -> None:
    _suggestions().suggest_all(now=timezone.now())


def _suggestions() -> ModuleType:
    """Loaded with the first of them: scikit-learn is large, and most workers never need it."""
    from research.actions import suggestions

    return suggestions
