"""Who is in a project, as its page names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from portal.models import User
from research.models import Member, Project

from .changes import note_change
from .holding import hold_project
from .rows import GONE, ROW, change_row

#: What people with an account say of themselves.
THEIRS = ("name", "orcid", "shown")


@transaction.atomic
def change_people(
    *,
    project: Project,
    people: Iterable[Mapping[str, object]],
    by: User | None,
    now: datetime,
    was_live: bool | None = None,
) -> Project:
    """Rows of Member as a form sends them. Of people with an account others change what they do, not who
    they are; nobody with an account is taken out here: they leave (`leave_project`)."""
    current, _page = hold_project(project, by=by, was_live=was_live)
    there = current.members.filter(left_at=None).in_bulk()
    for sent in people:
        facts = {name: value for name, value in sent.items() if name not in (ROW, GONE)}
        member = there.get(sent.get(ROW))
        if member is None:
            if not sent.get(GONE):
                Member.objects.create(project=current, joined_at=now, **facts)
        elif member.person_id is None and sent.get(GONE):
            member.delete()
        elif member.person_id is None or (by is not None and member.person_id == by.pk):
            change_row(member, facts)
        else:
            change_row(member, {name: value for name, value in facts.items() if name not in THEIRS})
    note_change(project=current, now=now)
    return current
