from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.models import User
from research.models import Output, Project

from .changes import note_change
from .holding import UnableToChange, hold_project
from .rows import write_rows


@transaction.atomic
def change_outputs(
    *,
    project: Project,
    outputs: Iterable[Mapping[str, object]],
    by: User | None,
    now: datetime,
    was_live: bool | None = None,
) -> Project:
    """Rows of Output as a form sends them."""
    current, _page = hold_project(project, by=by, was_live=was_live)
    try:
        with transaction.atomic():
            write_rows(current.outputs, outputs)
    except IntegrityError:
        raise UnableToChange(_("Two outputs have the same DOI; keep one of them.")) from None
    note_change(project=current, now=now)
    return current


@transaction.atomic
def add_outputs(*, project: Project, outputs: Iterable[Output], by: User, now: datetime) -> int:
    """How many were added: one whose DOI, or whose title and year, the project has already is left out."""
    current, _page = hold_project(project, by=by, was_live=None)
    known = {key for one in current.outputs.all() for key in _keys(one)}
    added = []
    for one in outputs:
        keys = _keys(one)
        if known.isdisjoint(keys):
            one.project = current
            added.append(one)
            known |= keys
    Output.objects.bulk_create(added)
    note_change(project=current, now=now)
    return len(added)


def _keys(output: Output) -> set[object]:
    titled = (" ".join(output.title.casefold().split()), output.year)
    return {output.doi.casefold(), titled} if output.doi else {titled}
