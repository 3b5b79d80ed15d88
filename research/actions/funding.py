from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from portal.models import User
from research.models import Project

from .changes import note_change
from .holding import hold_project
from .rows import write_rows


@transaction.atomic
def change_funding(
    *,
    project: Project,
    grants: Iterable[Mapping[str, object]],
    by: User | None,
    now: datetime,
    was_live: bool | None = None,
) -> Project:
    """Rows of Grant as a form sends them."""
    current, _page = hold_project(project, by=by, was_live=was_live)
    write_rows(current.grants, grants)
    note_change(project=current, now=now)
    return current
