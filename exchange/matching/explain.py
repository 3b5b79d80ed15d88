"""Why this opponent, why nobody, and what to relax: the reasons behind a plan, for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from .candidates import Bools, Floats, Group, Ints, refused_pairs
from .quality import terms
from .rules import DISTANCE_SLACK_KM, GAP_SLACK
from .types import Fixture, Pool, Reason, Request, Term, Unserved

#: Relaxations that people are asked for, smallest first: a longer trip and a larger gap in rating.
FURTHER_KM = (20, 40, 60, 80, 100)
WIDER_GAP = (50, 100)


@dataclass(frozen=True, slots=True)
class Explained:
    """A fixture and what it is worth, term by term."""

    fixture: Fixture
    terms: tuple[Term, ...]


def explain(pool: Pool, fixture: Fixture) -> Explained:
    requests = {request.id: request for request in pool.requests}
    return Explained(fixture, terms(requests[fixture.host], requests[fixture.guest]))


def unserved_requests(pool: Pool, fixtures: Sequence[Fixture]) -> tuple[Unserved, ...]:
    """Everyone without a fixture, by id: the step of the funnel that lost the last opponent, and advice."""
    played: defaultdict[str, list[date]] = defaultdict(list)
    for fixture in fixtures:
        played[fixture.host].append(fixture.date)
        played[fixture.guest].append(fixture.date)
    requests = tuple(sorted(pool.requests, key=lambda request: request.id))
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i, request in enumerate(requests):
        groups[request.sport, request.category].append(i)
    told: list[Unserved] = []
    refused = refused_pairs(pool, requests)
    for members in groups.values():
        if any(requests[i].id not in played for i in members):
            funnel = _Funnel(requests, np.array(members), refused, played)
            told += [funnel.unserved(row) for row, i in enumerate(members) if requests[i].id not in played]
    return tuple(sorted(told, key=lambda unserved: unserved.request))


class _Funnel:
    """One sport and category; m members, d days."""

    def __init__(
        self, requests: tuple[Request, ...], members: Ints, refused: Ints, played: dict[str, list[date]]
    ) -> None:
        self.group, self.members, self.total = Group.of(requests, members), members, len(requests)
        self.refused = refused
        days = self.group.days
        self.free = np.array(
            [_free_days(request, played.get(request.id, []), days) for request in self.group.requests]
        )

    def unserved(self, row: int) -> Unserved:
        return Unserved(self.group.requests[row].id, *self._told(row))

    def _told(self, row: int) -> tuple[Reason, Reason | None]:
        group = self.group
        others = np.arange(len(self.members)) != row
        abroad = others & (group.university != group.university[row])
        at_home, away = group.travels & group.hosts[row], group.hosts & group.travels[row]
        km = group.kilometres(np.full(len(self.members), row), np.arange(len(self.members)))
        comes, goes = km <= group.reach + DISTANCE_SLACK_KM, km <= group.reach[row] + DISTANCE_SLACK_KM
        gap = np.abs(group.rating - group.rating[row])
        even = gap <= np.minimum(group.gap, group.gap[row]) + GAP_SLACK
        willing = ~self._refuses(row)
        common = abroad & (at_home.any(axis=1) | away.any(axis=1))
        near = abroad & ((at_home.any(axis=1) & comes) | (away.any(axis=1) & goes))
        funnel = {
            "in_category": int(others.sum()),
            "abroad": int(abroad.sum()),
            "common_date": int(common.sum()),
            "within_reach": int(near.sum()),
            "balanced": int((near & even).sum()),
            "willing": int((near & even & willing).sum()),
        }
        codes = ("no_category", "own_university", "no_common_date", "too_far", "too_unequal", "refused")
        code = next((code for code, left in zip(codes, funnel.values(), strict=True) if not left), "all_busy")
        view = _View(row, group, self.free, abroad & willing, even, comes, goes, km, gap)
        return Reason(code, funnel), view.advice()

    def _refuses(self, row: int) -> Bools:
        low, high = np.minimum(self.members, self.members[row]), np.maximum(self.members, self.members[row])
        return np.isin(low * self.total + high, self.refused)


@dataclass(frozen=True, slots=True)
class _View:
    """What one unserved request (number `row` of its group) sees of the others; all arrays of shape (m,)."""

    row: int
    group: Group
    free: Bools
    open: Bools
    even: Bools
    comes: Bools
    goes: Bools
    km: Floats
    gap: Floats

    def advice(self) -> Reason | None:
        """The relaxation that adds most opponents who still have room; among equals the first named."""
        best, most = None, 0
        for code, name, value, opponents in self._relaxations():
            if opponents > most:
                best, most = Reason(code, {name: value, "opponents": opponents}), opponents
        return best

    def _relaxations(self) -> Iterator[tuple[str, str, str | int, int]]:
        group, row = self.group, self.row
        away = (group.hosts & group.travels[row] & self.free).any(axis=1)
        at_home = (group.travels & group.hosts[row] & self.free).any(axis=1)
        for km in FURTHER_KM:
            reached = ~self.goes & (self.km <= group.reach[row] + km)
            yield "travel_further", "km", km, int((self.open & self.even & away & reached).sum())
        hosting = (group.travels & self.free)[self.open & self.even & self.comes].sum(axis=0)
        going = (group.hosts & self.free)[self.open & self.even & self.goes].sum(axis=0)
        for code, counts, known in (
            ("host_on", hosting, group.hosts[row]),
            ("travel_on", going, group.travels[row]),
        ):
            for day in np.nonzero(~known)[0]:
                yield code, "day", date.fromordinal(int(group.days[day])).isoformat(), int(counts[day])
        near = (away & self.goes) | (at_home & self.comes)
        for points in WIDER_GAP:
            wider = ~self.even & (self.gap <= np.minimum(group.gap, group.gap[row] + points) + GAP_SLACK)
            yield "accept_gap", "points", points, int((self.open & near & wider).sum())


def _free_days(request: Request, played: list[date], days: Ints) -> Bools:
    if len(played) >= request.wanted:
        return np.zeros(len(days), bool)
    taken = np.array([day.toordinal() for day in played], np.int64)
    return np.asarray((np.abs(days[:, None] - taken) > request.min_rest_days).all(axis=1))
