"""What the members have agreed on. A decision is written once and never changed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from portal.models import User
from research.models import Decision, Project
from research.space_notices import tell_decision


@transaction.atomic
def record_decision(*, project: Project, text: str, taken_on: date, by: User, now: datetime) -> Decision:
    """The other members are told."""
    decision = Decision.objects.create(
        project=project, text=text, taken_on=taken_on, written_by=by, written_at=now
    )
    tell_decision(decision=decision, now=now)
    return decision
