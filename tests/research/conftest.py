from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from django.utils import timezone

from portal.actions.universities import appoint, join_university
from portal.enums import UniversityRole
from portal.models import University, User
from research.actions.projects import propose_project
from research.enums import ProjectStatus
from research.models import Project
from tests.factories import UniversityFactory, UserFactory


@pytest.fixture
def university(db) -> University:
    return joined(UniversityFactory(name="Polessky State University", city="Pinsk"))


@pytest.fixture
def other_university(db) -> University:
    return joined(UniversityFactory(name="Kazan Federal University", city="Kazan", country="RU"))


@pytest.fixture
def researcher(university: University) -> User:
    return person_at(
        university, UniversityRole.RESEARCHER, email="researcher@example.org", last_name="Iljina"
    )


@pytest.fixture
def coordinator(university: University) -> User:
    return person_at(university, UniversityRole.COORDINATOR, email="coordinator@example.org")


@pytest.fixture
def project_of(university: University, researcher: User) -> Callable[..., Project]:
    numbers = count(1)

    def propose(*, published: bool = False, **facts) -> Project:
        given = {
            "lead": university,
            "by": researcher,
            "title": f"Sleep and training load {next(numbers)}",
        } | facts
        given = {"summary": "We follow rowers.", "status": ProjectStatus.SEEKING, "partners": ()} | given
        project = propose_project(**given, now=timezone.now())
        if published:
            project.page.get_latest_revision().publish()
        return Project.objects.get(pk=project.pk)

    return propose


def joined(university: University) -> University:
    join_university(university=university, now=timezone.now())
    university.refresh_from_db()
    return university


def person_at(university: University, role: UniversityRole, **facts) -> User:
    person = UserFactory(**facts)
    appoint(user=person, university=university, role=role)
    return person
