"""Whether one's name stands on the public page of a project: who has an account says so themselves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from research.models import Member

from .changes import note_change


@transaction.atomic
def show_name(*, member: Member, shown: bool, now: datetime) -> None:
    if Member.objects.filter(pk=member.pk).exclude(shown=shown).update(shown=shown):
        note_change(project=member.project, now=now)
