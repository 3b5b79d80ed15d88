"""Why this opponent, why nobody, and what to relax: the reasons behind a plan, for people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from .candidates import Bools, Floats, Group, Ints, pair_of, refused_pairs
from .quality import terms
from .rules import DISTANCE_SLACK_KM, GAP_SLACK
from .types import Fixture, Pool, Reason, Request, Term, Unserved

#: Relaxations that people are asked for, smallest first: a longer trip and a larger gap in rating.
FURTHER_KM = (20, 40, 60, 80, 100)
WIDER_GAP = (50, 100)

#: The funnel: what each step asks of the others, and the code of a reason whose last opponent it lost.
#: Every step keeps some of those before it, so its count is never the larger one.
STEPS = (
    ("in_category", "no_category"),
    ("abroad", "own_university"),
    ("common_date", "no_common_date"),
    ("within_reach", "too_far"),
    ("balanced", "too_unequal"),
    ("willing", "refused"),
    #: Could play on a common day if it gave up at most one fixture that is not fixed.
    ("movable", "no_room"),
    #: Has room there without giving up anything.
    ("free", "all_busy"),
    #: And the host's venue has a place.
    ("placed", "hall_full"),
)
#: Somebody was left at the end: only a run that was stopped early leaves such requests unserved.
UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Explained:
    """A fixture and what it is worth, term by term."""

    fixture: Fixture
    terms: tuple[Term, ...]


def explain(pool: Pool, fixture: Fixture) -> Explained:
    requests = {request.id: request for request in pool.requests}
    return Explained(fixture, terms(requests[fixture.host], requests[fixture.guest]))


def unserved_requests(pool: Pool, fixtures: Sequence[Fixture]) -> tuple[Unserved, ...]:
    """Everyone without a fixture, by id: how many opponents each step of the funnel left, and advice."""
    plan = _Played(pool, fixtures)
    requests = tuple(sorted(pool.requests, key=lambda request: request.id))
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i, request in enumerate(requests):
        groups[request.sport, request.category].append(i)
    told: list[Unserved] = []
    refused = refused_pairs(pool, requests)
    for members in groups.values():
        if any(requests[i].id not in plan.days for i in members):
            funnel = _Funnel(requests, np.array(members), refused, plan)
            told += [funnel.unserved(row) for row, i in enumerate(members) if requests[i].id not in plan.days]
    return tuple(sorted(told, key=lambda unserved: unserved.request))


class _Played:
    """Who plays when in a plan, and where."""

    def __init__(self, pool: Pool, fixtures: Sequence[Fixture]) -> None:
        fixed = {(f.host, f.guest, f.date) for f in pool.fixed}
        venue = {request.id: request.venue for request in pool.requests}
        #: By request: the day of each of its fixtures and whether it is fixed.
        self.days: defaultdict[str, list[tuple[int, bool]]] = defaultdict(list)
        self.held: Counter[tuple[str, int]] = Counter()
        self.capacity = {place.id: place.capacity for place in pool.venues}
        for f in fixtures:
            for side in (f.host, f.guest):
                self.days[side].append((f.date.toordinal(), (f.host, f.guest, f.date) in fixed))
            if (place := venue[f.host]) is not None:
                self.held[place, f.date.toordinal()] += 1

    def room(self, request: Request, days: Ints) -> tuple[Bools, Bools]:
        """On which of `days` it has room, and on which it has once it gives up at most one fixture."""
        played = self.days.get(request.id, [])
        taken = np.array([day for day, _ in played], np.int64)
        moves = np.array([not fixed for _, fixed in played], bool)
        clash = np.abs(days[:, None] - taken) <= request.min_rest_days
        clashes = clash.sum(axis=1)
        free = (clashes == 0) & (len(played) < request.wanted)
        movable = (clashes == 0) & bool(moves.any()) | (clashes == 1) & (clash & moves).any(axis=1)
        return free, np.asarray(free | movable)

    def places(self, request: Request, days: Ints) -> Bools:
        """On which of `days` its venue has a place left; on all where no shared venue binds it."""
        if request.venue is None:
            return np.ones(len(days), bool)
        held = np.array([self.held[request.venue, day] for day in days.tolist()], np.int64)
        return np.asarray(held < self.capacity[request.venue])


class _Funnel:
    """One sport and category; m members, d days."""

    def __init__(self, requests: tuple[Request, ...], members: Ints, refused: Ints, plan: _Played) -> None:
        self.group, self.members, self.total = Group.of(requests, members), members, len(requests)
        self.refused = refused
        rows, days = self.group.requests, self.group.days
        free, movable = zip(*(plan.room(request, days) for request in rows), strict=True)
        self.free, self.movable = np.array(free), np.array(movable)
        self.places = np.array([plan.places(request, days) for request in rows])

    def unserved(self, row: int) -> Unserved:
        return Unserved(self.group.requests[row].id, *self._told(row))

    def _told(self, row: int) -> tuple[Reason, Reason | None]:
        group = self.group
        others = np.arange(len(self.members)) != row
        abroad = others & (group.university != group.university[row])
        km = group.kilometres(np.full(len(self.members), row), np.arange(len(self.members)))
        gap = np.abs(group.rating - group.rating[row])
        view = _View(
            row=row,
            group=group,
            open=abroad & ~self._refuses(row),
            even=gap <= np.minimum(group.gap, group.gap[row]) + GAP_SLACK,
            comes=km <= group.reach + DISTANCE_SLACK_KM,
            goes=km <= group.reach[row] + DISTANCE_SLACK_KM,
            km=km,
            gap=gap,
            at_home=group.travels & group.hosts[row],
            away=group.hosts & group.travels[row],
            free=self.free,
            places=self.places,
        )
        common = abroad & (view.at_home | view.away).any(axis=1)
        near = abroad & view.days_within_reach().any(axis=1)
        left = near & view.even & view.open
        steps = (
            others,
            abroad,
            common,
            near,
            near & view.even,
            left,
            left & (view.days_within_reach() & self.movable).any(axis=1),
            left & (view.days_within_reach() & self.free).any(axis=1),
            view.placed(),
        )
        counts = {name: int(step.sum()) for (name, _), step in zip(STEPS, steps, strict=True)}
        code = next((code for name, code in STEPS if not counts[name]), UNDECIDED)
        return Reason(code, counts | {"km": group.requests[row].max_distance_km}), view.advice()

    def _refuses(self, row: int) -> Bools:
        pair = pair_of(self.members, self.members[row], self.total)
        # Asked for every request anew, and the refused are sorted: much faster than `isin`.
        return np.asarray(np.append(self.refused, -1)[np.searchsorted(self.refused, pair)] == pair)


@dataclass(frozen=True, slots=True)
class _View:
    """What one unserved request (number `row` of its group) sees of the others.

    Attributes
    ----------
    open, even, comes, goes, km, gap : shape (m,); not refused, close in rating, within their reach and within
        its own
    at_home, away : shape (m, d); days on which it could host them, and on which they could host it
    free, places : shape (m, d); they have room, and their venue has
    """

    row: int
    group: Group
    open: Bools
    even: Bools
    comes: Bools
    goes: Bools
    km: Floats
    gap: Floats
    at_home: Bools
    away: Bools
    free: Bools
    places: Bools

    def days_within_reach(self) -> Bools:
        return np.asarray((self.at_home & self.comes[:, None]) | (self.away & self.goes[:, None]))

    def placed(self) -> Bools:
        """With these it could play tomorrow: nothing at all stands between them."""
        return self._near() & self.open & self.even

    def advice(self) -> Reason | None:
        """The relaxation that adds most opponents who still have room; among equals the first named.

        Room means what it means in a plan: with the relaxation granted, each of them could play this request
        while all other fixtures stay as they are, rest days and venues included.
        """
        best, most = None, 0
        for code, name, value, opponents in self._relaxations():
            if opponents > most:
                best, most = Reason(code, {name: value, "opponents": opponents}), opponents
        return best

    def _relaxations(self) -> Iterator[tuple[str, str, str | int, int]]:
        group, row = self.group, self.row
        new = self.open & ~self.placed()
        away = (self.away & self.free & self.places).any(axis=1)
        for km in FURTHER_KM:
            reached = ~self.goes & (self.km <= group.reach[row] + km + DISTANCE_SLACK_KM)
            yield "travel_further", "km", km, int((new & self.even & away & reached).sum())
        hosting = (group.travels & self.free)[new & self.even & self.comes].sum(axis=0) * self.places[row]
        going = (group.hosts & self.free & self.places)[new & self.even & self.goes].sum(axis=0)
        for code, counts, known in (
            ("host_on", hosting, group.hosts[row]),
            ("travel_on", going, group.travels[row]),
        ):
            for day in np.nonzero(~known)[0]:
                yield code, "day", date.fromordinal(int(group.days[day])).isoformat(), int(counts[day])
        near = self._near()
        for points in WIDER_GAP:
            wider = ~self.even & (self.gap <= np.minimum(group.gap, group.gap[row] + points) + GAP_SLACK)
            yield "accept_gap", "points", points, int((new & near & wider).sum())

    def _near(self) -> Bools:
        """Within reach on a common day, with room and a place in the hall on that day."""
        at_home = (self.at_home & self.free & self.places[self.row]).any(axis=1) & self.comes
        return np.asarray(at_home | (self.away & self.free & self.places).any(axis=1) & self.goes)
