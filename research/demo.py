"""Research's part of the demonstration; portal.demo.houses says what it expects of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from portal.demo.people import HOME, People
from portal.demo.progress import each
from portal.demo.types import DemoContent, DemoProject
from portal.models import University
from research.actions.projects import propose_project
from research.enums import ProjectStatus
from research.models import Project

#: Real universities, invented projects: each page says so.
EXAMPLE = "<p>This project is an example of the demonstration; the universities named are real.</p>"


def seed(*, content: DemoContent, people: People, since: datetime, now: datetime) -> None:
    universities = University.objects.in_bulk(field_name="ror")
    for project in each(content.projects, "Research projects"):
        _add(project, universities, people, since)


def begin(*, still_well: Callable[[], None], now: datetime) -> None:
    """Nothing has to run for projects to be found."""


def figures() -> Iterable[tuple[str, str]]:
    seeking = Project.objects.filter(status=ProjectStatus.SEEKING).count()
    yield "Research projects", f"{Project.objects.count():,}, {seeking:,} of them seeking partners"


def _add(facts: DemoProject, universities: dict[str, University], people: People, now: datetime) -> None:
    """Proposed by nobody, so that no coordinator is asked by mail to publish what is published at once."""
    project = propose_project(
        lead=universities[facts.lead],
        title=facts.title,
        summary=facts.summary,
        status=ProjectStatus(facts.status),
        partners=[universities[ror] for ror in facts.partners],
        by=None,
        now=now,
    )
    if facts.lead == HOME:
        project.investigator = people.researcher
        project.save(update_fields=["investigator"])
    page = project.page
    page.body = [("text", EXAMPLE)]
    page.save_revision().publish()
