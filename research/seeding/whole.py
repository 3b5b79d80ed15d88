from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import override

from portal.demo.progress import say
from portal.models import User
from research.actions.fingerprints import catch_up_fingerprints
from research.models import Project, ResearcherProfile

from .homes import make_homes
from .people import add_people, address_of
from .projects import add_projects

#: Lead and partner universities.
MOST_HOMES = 150


class UnableToSeed(Exception):
    """Its text says why."""


@dataclass(frozen=True, slots=True)
class Sizes:
    projects: int
    people: int
    calls: int
    seed: int = 1


def seed(sizes: Sizes, *, now: datetime, force: bool = False) -> None:
    """All of it or nothing; `force` adds to a house that is not empty, under local settings only."""
    _check(sizes, force=force)
    rng = Random(sizes.seed)  # noqa: S311 - no secret hangs on it
    with transaction.atomic(), override(settings.LANGUAGE_CODE):
        homes = make_homes(now, most=MOST_HOMES)
        people = add_people(sizes.people, homes, rng, now)
        add_projects(sizes.projects, sizes.calls, homes, people, rng, now)
        say("What suggestions are computed from")
        catch_up_fingerprints()
    if connection.vendor == "postgresql":
        # At once: the planner's figures would come minutes later.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _check(sizes: Sizes, *, force: bool) -> None:
    if sizes.people < 1 or sizes.projects < 1 or sizes.calls < 0:
        raise UnableToSeed("There must be a person and a project at least.")
    if User.objects.filter(email=address_of(0)).exists():
        raise UnableToSeed("This database has been seeded already.")
    if force and settings.DEBUG:
        return
    if Project.objects.exists() or ResearcherProfile.objects.exists():
        raise UnableToSeed("There are projects or researchers of people; nothing is invented beside them.")
    if not settings.DEBUG and User.objects.exists():
        raise UnableToSeed("There are people in this database; real portals are not filled by chance.")
