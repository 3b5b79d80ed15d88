"""Research's part of the demonstration; portal.demo.houses says what it expects of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal

from portal.demo.people import HOME, People
from portal.demo.progress import each
from portal.demo.types import DemoContent, DemoProject
from portal.models import University
from research.actions.projects import propose_project
from research.enums import ProjectStatus
from research.models import Grant, Member, Output, Project

from .demo_calls import add_calls

#: Real universities, invented projects: each page says so.
EXAMPLE = "<p>This project is an example of the demonstration; the universities named are real.</p>"


def seed(*, content: DemoContent, people: People, since: datetime, now: datetime) -> None:
    universities = University.objects.in_bulk(field_name="ror")
    for project in each(content.projects, "Research projects"):
        _add(project, universities, people, since)
    add_calls(people=people, now=now)


def begin(*, still_well: Callable[[], None], now: datetime) -> None:
    """Nothing has to run for projects to be found."""


def figures() -> Iterable[tuple[str, str]]:
    seeking = Project.objects.filter(status=ProjectStatus.SEEKING).count()
    yield "Research projects", f"{Project.objects.count():,}, {seeking:,} of them seeking partners"


def _add(facts: DemoProject, universities: dict[str, University], people: People, now: datetime) -> None:
    """By nobody: what is published at once goes by no moderator."""
    project = propose_project(
        lead=universities[facts.lead],
        title=facts.title,
        acronym=facts.acronym,
        summary=facts.summary,
        status=ProjectStatus(facts.status),
        partners=[universities[ror] for ror in facts.partners],
        by=None,
        now=now,
    )
    for name in ("starts_on", "ends_on"):
        setattr(project, name, getattr(facts, name))
    for name in ("themes", "keywords", "sports", "fields"):
        setattr(project, name, list(getattr(facts, name)))
    if facts.lead == HOME:
        project.investigator = people.researcher
    project.save()
    _add_rows(project, facts, now)
    page = project.page
    page.body = [("text", EXAMPLE)]
    page.save_revision().publish()


def _add_rows(project: Project, facts: DemoProject, now: datetime) -> None:
    who = project.investigator
    if who is not None:
        name = who.get_full_name()
        Member.objects.create(project=project, person=who, name=name, university=project.lead, joined_at=now)
    Member.objects.bulk_create(
        Member(
            project=project, name=one.name, credit=list(one.credit), university=project.lead, joined_at=now
        )
        for one in facts.people
    )
    if facts.grant is not None:
        grant = facts.grant
        Grant.objects.create(
            project=project,
            funder=grant.funder,
            number=grant.number,
            amount=Decimal(grant.amount),
            currency=grant.currency,
        )
    Output.objects.bulk_create(
        Output(
            project=project, kind=one.kind, title=one.title, year=one.year, csl={"author": _authors(facts)}
        )
        for one in facts.outputs
    )


def _authors(facts: DemoProject) -> list[dict[str, str]]:
    names = (one.name.rpartition(" ") for one in facts.people)
    return [{"family": family, "given": given} for given, _space, family in names]
