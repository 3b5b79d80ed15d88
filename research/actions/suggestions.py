"""Computes who might work together: all lists at night, and those that one change touches at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import Count, Min, Q

from research.models import Project, ResearcherProfile, Suggestion
from research.queries import suggesting_ground as ground_queries
from research.suggesting.features import Sides
from research.suggesting.points import Ground, weigh_words
from research.suggesting.ranking import Suggested, all_pairs, rank_candidates, rank_sources
from research.suggestion_lists import FOR_READER, PARTNERS, SIMILAR, SuggestionList

from .fingerprints import catch_up_fingerprints, write_profile_fingerprints, write_project_fingerprints

BATCH = 5000


def suggest_all(*, now: datetime) -> None:
    """Everything anew; what was dismissed stays dismissed."""
    catch_up_fingerprints()
    everyone = _Everyone.load(now)
    projects, profiles = everyone.projects, everyone.profiles
    seeking = projects.take(everyone.seeking)
    similar = rank_candidates(
        everyone.ground(projects, projects), SIMILAR.most, ground_queries.apart_projects(projects, projects)
    )
    people = everyone.ground(seeking, profiles)
    partners = rank_candidates(
        people, PARTNERS.most, ground_queries.apart_people(seeking, profiles, for_reader=False)
    )
    for_readers = rank_sources(
        people, FOR_READER.most, ground_queries.apart_people(seeking, profiles, for_reader=True)
    )
    with transaction.atomic():
        Suggestion.objects.filter(dismissed_at=None).delete()
        for kind, found in ((SIMILAR, similar), (PARTNERS, partners), (FOR_READER, for_readers)):
            _add(kind, found)


def suggest_for_project(*, project_id: int, now: datetime) -> None:
    """The lists of one project that has changed, and its place in those of others."""
    write_project_fingerprints(Project.objects.filter(pk=project_id))
    everyone = _Everyone.load(now)
    own = everyone.projects.take(np.flatnonzero(everyone.projects.ids == project_id))
    if not len(own):
        Suggestion.objects.filter(Q(source=project_id) | Q(project=project_id), dismissed_at=None).delete()
        return
    projects, profiles = everyone.projects, everyone.profiles
    seeks = bool(everyone.seeking[everyone.projects.ids == project_id].all())
    similar = all_pairs(everyone.ground(own, projects), ground_queries.apart_projects(own, projects))
    likened = all_pairs(everyone.ground(projects, own), ground_queries.apart_projects(projects, own))
    people = everyone.ground(own, profiles)
    partners = (
        all_pairs(people, ground_queries.apart_people(own, profiles, for_reader=False)) if seeks else []
    )
    readers = all_pairs(people, ground_queries.apart_people(own, profiles, for_reader=True)) if seeks else []
    with transaction.atomic():
        _replace_list(SIMILAR, project_id, similar)
        _replace_list(PARTNERS, project_id, partners)
        _replace_place(SIMILAR, project_id, likened)
        _replace_place(FOR_READER, project_id, readers)


def suggest_for_profile(*, profile_id: int, now: datetime) -> None:
    """The list of one researcher, and their place in those of projects that look for partners."""
    write_profile_fingerprints(ResearcherProfile.objects.filter(pk=profile_id))
    everyone = _Everyone.load(now)
    own = everyone.profiles.take(np.flatnonzero(everyone.profiles.ids == profile_id))
    if not len(own):
        Suggestion.objects.filter(Q(reader=profile_id) | Q(profile=profile_id), dismissed_at=None).delete()
        return
    seeking = everyone.projects.take(everyone.seeking)
    people = everyone.ground(seeking, own)
    for_reader = all_pairs(people, ground_queries.apart_people(seeking, own, for_reader=True))
    partners = all_pairs(people, ground_queries.apart_people(seeking, own, for_reader=False))
    with transaction.atomic():
        _replace_list(FOR_READER, profile_id, for_reader)
        _replace_place(PARTNERS, profile_id, partners)


class _Everyone:
    """All sides with their words weighed, and what is known of places."""

    def __init__(self, projects: Sides, profiles: Sides, seeking: np.ndarray, now: datetime) -> None:
        self.projects, self.profiles = weigh_words(projects, profiles)
        self.seeking = seeking
        self.places = ground_queries.load_places(projects, profiles, day=now.date())

    @classmethod
    def load(cls, now: datetime) -> _Everyone:
        projects = ground_queries.load_sides(ground_queries.of_projects(), "project")
        profiles = ground_queries.load_sides(ground_queries.of_profiles(), "profile")
        seeking = ground_queries.of_projects(seeking=True).values_list("project_id", flat=True)
        return cls(projects, profiles, np.isin(projects.ids, list(seeking)), now)

    def ground(self, sources: Sides, candidates: Sides) -> Ground:
        return Ground(sources, candidates, self.places)


def _add(kind: SuggestionList, found: Iterable[Suggested]) -> None:
    rows = []
    for suggested in found:
        owner, target = kind.ends(suggested)
        rows.append(
            Suggestion(
                **{f"{kind.owner}_id": owner, f"{kind.target}_id": target},
                score=suggested.score,
                reasons=suggested.reasons,
            )
        )
    # Whoever dismissed one meanwhile keeps their word.
    Suggestion.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _replace_list(kind: SuggestionList, owner: int, found: list[Suggested]) -> None:
    """`found`: all pairs of the owner, best first within it."""
    best = sorted(found, key=lambda one: (-one.score, kind.ends(one)[1]))[: kind.most]
    Suggestion.objects.filter(_lists(kind), **{kind.owner: owner}, dismissed_at=None).delete()
    _add(kind, best)


def _replace_place(kind: SuggestionList, target: int, found: list[Suggested]) -> None:
    """In others' lists: taken out everywhere, put in again where it is good enough for one of the places."""
    lists = Suggestion.objects.filter(_lists(kind), dismissed_at=None)
    lists.filter(**{kind.target: target}).delete()
    lowest = {
        owner: (size, score)
        for owner, size, score in lists.values_list(kind.owner)
        .annotate(size=Count("pk"), score=Min("score"))
        .order_by()
    }
    entering = [
        one
        for one in found
        if (held := lowest.get(kind.ends(one)[0], (0, 0)))[0] < kind.most or one.score > held[1]
    ]
    _add(kind, entering)
    full = [owner for one in entering if lowest.get(owner := kind.ends(one)[0], (0, 0))[0] >= kind.most]
    _shorten(kind, full)


def _shorten(kind: SuggestionList, owners: list[int]) -> None:
    """To the length of a list again: the last one goes."""
    kept: dict[int, int] = {}
    gone = []
    rows = Suggestion.objects.filter(_lists(kind), **{f"{kind.owner}__in": owners}, dismissed_at=None)
    for pk, owner in rows.order_by("-score", f"{kind.target}_id").values_list("pk", f"{kind.owner}_id"):
        kept[owner] = kept.get(owner, 0) + 1
        if kept[owner] > kind.most:
            gone.append(pk)
    Suggestion.objects.filter(pk__in=gone).delete()


def _lists(kind: SuggestionList) -> Q:
    return Q(**{f"{kind.owner}__isnull": False, f"{kind.target}__isnull": False})
