"""What a project is: its facts and its text. Words that are published already wait for the moderator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from portal.models import User
from research.access import may_change_facts
from research.body import with_text
from research.models import Project, ProjectPage

from .changes import note_change
from .holding import hold_project, stop_waiting

#: What the moderator of a published project reads first.
WORDS = ("title", "acronym", "summary")


@transaction.atomic
def change_facts(
    *,
    project: Project,
    title: str,
    acronym: str,
    summary: str,
    status: str,
    starts_on: date | None,
    ends_on: date | None,
    themes: list[str],
    keywords: list[str],
    sports: list[str],
    fields: list[str],
    by: User | None,
    now: datetime,
    was_live: bool | None = None,
) -> Project:
    """Refused when the page was published while its researcher wrote, see `hold_project`."""
    current, page = hold_project(project, by=by, was_live=was_live)
    words = {"title": title, "acronym": acronym, "summary": summary}
    facts = {
        "status": status,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "themes": themes,
        "keywords": keywords,
        "sports": sports,
        "fields": fields,
    }
    if by is None or may_change_facts(by, current):
        _say_at_once(current, page, words, by)
        facts |= words
    else:
        _say_when_approved(current, page, words, by)
    for name, value in facts.items():
        setattr(current, name, value)
    current.save(update_fields=list(facts))
    note_change(project=current, now=now)
    return current


@transaction.atomic
def change_body(
    *, project: Project, text: str, by: User | None, now: datetime, was_live: bool | None = None
) -> Project:
    """`text` in the marks of research.body; blocks that the CMS added stay where they are."""
    current, page = hold_project(project, by=by, was_live=was_live)
    draft = page.get_latest_revision_as_object()
    body = with_text(draft.body, text)
    if body is not None:
        draft.body = body
        draft.save_revision(user=by)
        if page.live and by is not None:
            stop_waiting(page, by)
    return current


def _say_at_once(project: Project, page: ProjectPage, words: Mapping[str, str], by: User | None) -> None:
    """The page's title follows, unless somebody worded it anew; what waits for approval keeps waiting."""
    changed = {name for name, said in words.items() if getattr(project, name) != said}
    if not changed:
        return
    waits = page.live and page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    draft.words = {name: said for name, said in draft.words.items() if name not in changed}
    if "title" in changed and draft.title == project.title:
        draft.title = words["title"]
    elif "title" not in changed and draft.words == page.get_latest_revision_as_object().words:
        return
    revision = draft.save_revision(user=by)
    if page.live and not waits:
        revision.publish(user=by, skip_permission_checks=True)


def _say_when_approved(project: Project, page: ProjectPage, words: Mapping[str, str], by: User) -> None:
    draft = page.get_latest_revision_as_object()
    new = {name: said for name, said in words.items() if getattr(project, name) != said}
    if new == draft.words:
        return
    old_title = draft.said_title
    draft.words = new
    if draft.title == old_title:
        draft.title = words["title"]
    draft.save_revision(user=by)
    stop_waiting(page, by)
