"""What a project says once: where it is registered, and what it promises and needs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from portal.models import Agreement, User
from research.models import Project

from .changes import note_change
from .holding import hold_project
from .rows import change_row


@transaction.atomic
def change_identifiers(
    *,
    project: Project,
    raid: str,
    doi: str,
    url: str,
    by: User | None,
    now: datetime,
    was_live: bool | None = None,
) -> Project:
    current, _page = hold_project(project, by=by, was_live=was_live)
    change_row(current, {"raid": raid, "doi": doi, "url": url})
    note_change(project=current, now=now)
    return current


@transaction.atomic
def change_statements(
    *,
    project: Project,
    ethics: str,
    data_statement: str,
    equipment_needed: str,
    equipment_developed: str,
    agreement: Agreement | None,
    by: User | None,
    now: datetime,
    was_live: bool | None = None,
) -> Project:
    current, _page = hold_project(project, by=by, was_live=was_live)
    facts = {
        "ethics": ethics,
        "data_statement": data_statement,
        "equipment_needed": equipment_needed,
        "equipment_developed": equipment_developed,
        "agreement": agreement,
    }
    change_row(current, facts)
    note_change(project=current, now=now)
    return current
