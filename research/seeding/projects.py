"""Projects by the thousand, with what hangs on them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils.text import slugify

from portal.demo.progress import bar
from portal.sports import SPORTS
from research.enums import Credit, OutputKind, PartyRole, ProjectStatus, Wish
from research.ford import FORD
from research.models import Call, Grant, Member, Output, Participation, Project

from .derived import add_derived
from .homes import Home
from .pages import add_pages
from .people import Seeded
from .texts import FUNDERS, GROUPS, METHODS, TOPICS, summary_of, title_of, wish_of

A_BATCH = 500
MEMBERS = 5
CREDIT = [str(code) for code in Credit]
#: Days for which projects have been published.
AGE = 700


def add_projects(
    count: int, calls: int, homes: list[Home], people: list[Seeded], rng: Random, now: datetime
) -> None:
    with bar(count, "Projects") as progress:
        for start in range(0, count, A_BATCH):
            numbers = range(start, min(start + A_BATCH, count))
            _add_some(numbers, homes, people, _calls_each(numbers, calls, count), rng, now)
            progress.update(len(numbers))
    for home in homes:
        home.count_pages()


def _calls_each(numbers: range, calls: int, count: int) -> list[int]:
    """How many calls each project has, so that all have been spread in the end."""
    return [calls * (number + 1) // count - calls * number // count for number in numbers]


def _add_some(
    numbers: range, homes: list[Home], people: list[Seeded], calls: list[int], rng: Random, now: datetime
) -> None:
    leads = [rng.choice(people) for _number in numbers]
    projects = Project.objects.bulk_create(
        _project(number, lead, homes[lead.home], many, rng, now)
        for number, lead, many in zip(numbers, leads, calls, strict=True)
    )
    parties, members, grants, outputs, opened = [], [], [], [], []
    for project, lead, many in zip(projects, leads, calls, strict=True):
        parties += _parties(project, homes, rng)
        members += _members(project, lead, people, homes, rng)
        grants += _grants(project, rng)
        outputs += _outputs(project, rng)
        opened += [_call(project, rng, now) for _one in range(many)]
    Participation.objects.bulk_create(parties)
    Member.objects.bulk_create(members)
    Grant.objects.bulk_create(grants)
    Output.objects.bulk_create(outputs)
    Call.objects.bulk_create(opened)
    pages = add_pages(projects, {home.university.pk: home for home in homes})
    add_derived(projects, pages, now)


def _project(number: int, lead: Seeded, home: Home, calls: int, rng: Random, now: datetime) -> Project:
    themes = sorted(rng.sample(tuple(TOPICS), rng.randrange(1, 3)))
    sports = rng.sample(tuple(SPORTS), rng.randrange(1, 3))
    title = title_of(rng, themes[0], sports[0])
    published = now - timedelta(minutes=rng.randrange(24 * 60, AGE * 24 * 60))
    starts = (published + timedelta(days=rng.randrange(-200, 200))).date()
    status = ProjectStatus.SEEKING if calls else rng.choice(list(ProjectStatus))
    return Project(
        lead=home.university,
        investigator_id=lead.pk,
        title=title,
        slug=f"{slugify(title)[:100].strip('-')}-{number}",
        acronym="".join(word[0] for word in title.split()[:5]).upper() if rng.random() < 0.4 else "",
        summary=summary_of(rng, themes[0], sports[0]),
        status=status,
        themes=[str(theme) for theme in themes],
        keywords=sorted({rng.choice(TOPICS[themes[0]]), rng.choice(METHODS), rng.choice(GROUPS)}),
        sports=sports,
        fields=sorted(rng.sample(tuple(FORD), rng.randrange(1, 4))),
        starts_on=starts,
        ends_on=starts + timedelta(days=rng.randrange(180, 1500)),
        created_at=published - timedelta(days=rng.randrange(1, 60)),
        changed_at=published + (now - published) * rng.random(),
        published_at=published,
    )


def _parties(project: Project, homes: list[Home], rng: Random) -> list[Participation]:
    chosen = rng.sample(homes, min(len(homes), rng.randrange(0, 6)))
    return [
        Participation(
            project=project,
            university=home.university,
            role=PartyRole.PARTNER if rng.random() < 0.9 else PartyRole.FACILITY,
        )
        for home in chosen
        if home.university.pk != project.lead_id
    ]


def _members(
    project: Project, lead: Seeded, people: list[Seeded], homes: list[Home], rng: Random
) -> list[Member]:
    others = rng.sample(people, min(len(people), MEMBERS))
    team = [lead, *(one for one in others if one.pk != lead.pk)][:MEMBERS]
    return [
        Member(
            project=project,
            person_id=one.pk,
            name=one.name,
            university=homes[one.home].university,
            credit=rng.sample(CREDIT, 2),
            joined_at=project.created_at,
        )
        for one in team
    ]


def _grants(project: Project, rng: Random) -> list[Grant]:
    if rng.random() < 0.5:
        return []
    number = f"{rng.randrange(10**5, 10**6)}"
    amount = Decimal(rng.randrange(5, 2000) * 1000)
    return [Grant(project=project, funder=rng.choice(FUNDERS), number=number, amount=amount, currency="EUR")]


def _outputs(project: Project, rng: Random) -> list[Output]:
    if project.status not in (ProjectStatus.RUNNING, ProjectStatus.FINISHED):
        return []
    return [
        Output(
            project=project,
            kind=rng.choice(list(OutputKind)),
            title=title_of(rng, project.themes[0], project.sports[0]),
            year=project.starts_on.year + rng.randrange(0, 3),
        )
        for _one in range(rng.randrange(1, 4))
    ]


def _call(project: Project, rng: Random, now: datetime) -> Call:
    title, text = wish_of(rng)
    return Call(
        project=project,
        title=title,
        text=text,
        wishes=[str(rng.choice(list(Wish)))],
        fields=rng.sample(tuple(FORD), 1),
        places=rng.randrange(1, 5),
        until=(now + timedelta(days=rng.randrange(7, 300))).date(),
        created_by_id=project.investigator_id,
        created_at=project.published_at,
    )
