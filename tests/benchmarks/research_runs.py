"""One measurement in a process of its own: `python -m tests.benchmarks.research_runs search`."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from statistics import mean

import django

#: Random searches, page requests a kind of page, single changes.
SEARCHES, REQUESTS, CHANGES = 200, 5, 5
KINDS = ("theme", "field", "sport", "country", "university", "status")


def search() -> dict[str, object]:
    """Seconds in the database of a search by three facets: count, twenty cards, counts of all values."""
    from django.db import connection

    from research.queries.facet_counts import facet_counts, found_among
    from research.queries.found import listed_projects
    from research.queries.projects import find_projects

    spent: list[float] = []

    def timed(execute, *said):
        begun = time.perf_counter()
        try:
            return execute(*said)
        finally:
            spent[-1] += time.perf_counter() - begun

    found = []
    for sought in _searches(SEARCHES):
        spent.append(0)
        with connection.execute_wrapper(timed):
            within = listed_projects()
            counts = facet_counts(sought, within)
            projects = find_projects(sought, within)
            projects[:20]
        found.append(found_among(sought, counts))
    # The first connects.
    return {"values": spent[1:], "found": mean(found)}


def pages() -> dict[str, object]:
    """SQL queries of the list: of all, of three facets, of words; for visitors and for researchers."""
    from django.db import connection
    from django.test import Client, override_settings
    from django.test.utils import CaptureQueriesContext, setup_test_environment

    from portal.models import User

    setup_test_environment()
    visitor, reader = Client(), Client()
    reader.force_login(User.objects.filter(researcher_profile__isnull=False).first())
    addresses = ["", "text=sleep", "order=ending", *(sought.query() for sought in _searches(REQUESTS))]
    counted = []
    with override_settings(PAGE_CACHE_SECONDS=0):
        for client in (visitor, reader):
            client.get("/research/")
            for address in addresses:
                with CaptureQueriesContext(connection) as queries:
                    answer = client.get(f"/research/?{address}")
                if answer.status_code != 200:
                    raise SystemExit(f"/research/?{address} answers {answer.status_code}")
                counted.append(len(queries))
    return {"values": counted}


def everything() -> dict[str, object]:
    from django.utils import timezone

    from research.actions.suggestions import suggest_all
    from research.models import Suggestion

    with _timed() as seconds:
        suggest_all(now=timezone.now())
    return {"values": seconds, "found": Suggestion.objects.count()}


def one_project() -> dict[str, object]:
    from research.actions.suggestions import suggest_for_project
    from research.models import Project

    return _each_of(Project, lambda pk, now: suggest_for_project(project_id=pk, now=now))


def one_profile() -> dict[str, object]:
    from research.actions.suggestions import suggest_for_profile
    from research.models import ResearcherProfile

    return _each_of(ResearcherProfile, lambda pk, now: suggest_for_profile(profile_id=pk, now=now))


def _each_of(model: type, act: Callable[..., None]) -> dict[str, object]:
    """The first is not counted: it loads what a worker has loaded."""
    from django.utils import timezone

    keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
    seconds: list[float] = []
    for pk in _chance().sample(keys, min(len(keys), CHANGES + 1)):
        with _timed() as spent:
            act(pk, timezone.now())
        seconds += spent
    return {"values": seconds[1:]}


def _searches(count: int) -> Iterator[object]:
    """By three kinds of one project each, so that something is found."""
    from research.models import Facet, Project
    from research.searching import Sought

    keys = list(Project.objects.order_by("pk").values_list("pk", flat=True))
    rng = _chance()
    for _number in range(count):
        facets = list(
            Facet.objects.filter(project=rng.choice(keys), kind__in=KINDS).order_by("kind", "value")
        )
        kinds = rng.sample(sorted({facet.kind for facet in facets}), 3)
        values = {kind: rng.choice([one.value for one in facets if one.kind == kind]) for kind in kinds}
        yield Sought(chosen={kind: (value,) for kind, value in values.items()})


def _chance() -> Random:
    return Random(1)


@contextmanager
def _timed() -> Iterator[list[float]]:
    begun, spent = time.perf_counter(), []
    yield spent
    spent.append(time.perf_counter() - begun)


RUNS = {"search": search, "pages": pages, "all": everything, "project": one_project, "profile": one_profile}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.local")
    django.setup()
    figure = RUNS[sys.argv[1]]()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(figure | {"peak": peak}))
