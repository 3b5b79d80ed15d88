from __future__ import annotations

from datetime import datetime

from research.models import Suggestion


def dismiss_suggestion(*, suggestion: Suggestion, now: datetime) -> None:
    """It is shown no more and not computed again; whoever else was suggested the same still sees it."""
    Suggestion.objects.filter(pk=suggestion.pk, dismissed_at=None).update(dismissed_at=now)
