"""Everything that suggestions are computed from, as arrays (a handful of queries, whatever the size)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import permutations

import numpy as np
from django.db.models import QuerySet
from scipy.sparse import csr_array

from portal.models import Agreement, University
from portal.queries.agreements import with_sides
from research.enums import INTEREST_OPEN, InterestState
from research.models import Fingerprint, Interest, Member, Participation, Project, Suggestion
from research.suggesting.features import Sides, unpack
from research.suggesting.points import Places


def load_sides(fingerprints: QuerySet[Fingerprint], owner: str) -> Sides:
    """`owner`: project or profile (1 query)."""
    rows = list(fingerprints.order_by(owner).values_list(f"{owner}_id", "packed"))
    return unpack([pk for pk, _ in rows], [bytes(packed) for _, packed in rows])


def load_places(*sides: Sides, day: date) -> Places:
    """Of the universities that occur (3 queries)."""
    wanted = np.unique(np.concatenate([side.homes for side in sides]))
    rows = list(
        University.objects.filter(pk__in=wanted[wanted >= 0].tolist())
        .order_by("pk")
        .values_list("pk", "lat", "lon", "country")
    )
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    place = {row[0]: number for number, row in enumerate(rows)}
    return Places(
        ids=ids,
        lat=np.array([row[1] for row in rows], dtype=float),
        lon=np.array([row[2] for row in rows], dtype=float),
        agreed=_agreed(rows, day),
        together=_together(place),
    )


def apart_projects(sources: Sides, candidates: Sides) -> csr_array:
    """A project and itself, and what was dismissed."""
    pairs = {(int(one), int(one)) for one in np.intersect1d(sources.ids, candidates.ids)}
    dismissed = Suggestion.objects.exclude(dismissed_at=None).exclude(source=None).exclude(project=None)
    pairs |= set(_of(dismissed, sources, "source").values_list("source_id", "project_id"))
    return _marked(pairs, sources, candidates)


def apart_people(sources: Sides, candidates: Sides, *, for_reader: bool) -> csr_array:
    """Those who are in the project, who have answered its call, and what one of the two sides dismissed."""
    profile = "person__researcher_profile"
    members = Member.objects.filter(left_at=None).exclude(**{profile: None})
    answered = Interest.objects.filter(
        state__in=[*INTEREST_OPEN, InterestState.JOINED, InterestState.DECLINED]
    )
    leads = Project.objects.exclude(investigator=None).exclude(investigator__researcher_profile=None)
    pairs = set(_of(members, sources, "project").values_list("project_id", profile))
    pairs |= set(_of(answered, sources, "call__project").values_list("call__project_id", profile))
    pairs |= set(_of(leads, sources, "pk").values_list("pk", "investigator__researcher_profile"))
    dismissed = Suggestion.objects.exclude(dismissed_at=None)
    if for_reader:
        dismissed = dismissed.exclude(reader=None)
        pairs |= set(_of(dismissed, sources, "project").values_list("project_id", "reader_id"))
    else:
        dismissed = dismissed.exclude(source=None).exclude(profile=None)
        pairs |= set(_of(dismissed, sources, "source").values_list("source_id", "profile_id"))
    return _marked(pairs, sources, candidates)


def _of(rows: QuerySet, sources: Sides, path: str) -> QuerySet:
    """Narrowed for one project; for all, the whole table is as good."""
    return rows.filter(**{path: int(sources.ids[0])}) if len(sources) == 1 else rows


def _marked(pairs: Iterable[tuple[int, int]], sources: Sides, candidates: Sides) -> csr_array:
    rows = {int(pk): place for place, pk in enumerate(sources.ids)}
    columns = {int(pk): place for place, pk in enumerate(candidates.ids)}
    places = [(rows[one], columns[other]) for one, other in pairs if one in rows and other in columns]
    at = np.array(places, dtype=np.int64).reshape(-1, 2)
    shape = (len(sources), len(candidates))
    return csr_array((np.ones(len(at), dtype=np.int8), (at[:, 0], at[:, 1])), shape=shape)


def _agreed(rows: list[tuple[int, float, float, str]], day: date) -> csr_array:
    """As Sides.bind says it: the two stand on different sides of one agreement."""
    found = np.zeros((len(rows), len(rows)), dtype=bool)
    countries = np.array([row[3] for row in rows])
    for parties in with_sides(Agreement.objects.in_force(day)).values():
        own = np.array([row[0] in parties.universities for row in rows], dtype=bool)
        by_country = np.isin(countries, list(parties.countries))
        either = own | by_country
        abroad = countries[:, None] != countries[None, :]
        found |= either[:, None] & either[None, :] & (abroad | own[:, None] | own[None, :])
    np.fill_diagonal(found, val=False)
    return csr_array(found.astype(np.float32))


def _together(place: dict[int, int]) -> csr_array:
    """How many projects two universities share, the lead among them."""
    parties = defaultdict(set)
    for project, university in Participation.objects.values_list("project_id", "university_id"):
        parties[project].add(university)
    shared = Project.objects.filter(pk__in=Participation.objects.values("project"))
    for project, lead in shared.values_list("pk", "lead_id"):
        parties[project].add(lead)
    rows, columns = [], []
    for universities in parties.values():
        known = [place[one] for one in universities if one in place]
        for one, other in permutations(known, 2):
            rows.append(one)
            columns.append(other)
    shape = (len(place), len(place))
    return csr_array((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)


def of_projects(*, seeking: bool = False) -> QuerySet[Fingerprint]:
    found = Fingerprint.objects.exclude(project=None)
    return found.filter(seeks=True) if seeking else found


def of_profiles() -> QuerySet[Fingerprint]:
    return Fingerprint.objects.exclude(profile=None)
