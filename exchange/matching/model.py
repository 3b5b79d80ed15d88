"""The pool as 0-1 programs: maximise c·v over G·v ≤ g, v = (fixtures x, unserved requests u), one a part.

All rows are written at once, in numpy, and a part's are cut out of them: pools fall into thousands of parts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from .candidates import Bools, Ints
from .parts import Left


@dataclass(frozen=True, slots=True)
class Model:
    """One part. n candidate fixtures come first among the columns, then k requests that may stay unserved.

    Attributes
    ----------
    piece : int64, shape (n,); the part's candidates as indices into `Left.open`
    host, guest, quality : int64, shape (n,); requests are numbered 0…t-1 within the part
    wanted : int64, shape (t,); fixtures each request may still get
    asks : int64, shape (k,); the requests that have no fixed fixture yet, and so may stay unserved
    waiting : int64, shape (k,)
    rows, limits : the rules that always count, shape (m, n + k) and (m,): clashes by rest days, fixtures
        wanted, scarce halls, and u = 1 where nobody plays
    meetings : 0-1, shape (p, n + k), each row at most 1: pairs that could meet more than once.
        Kept apart because few of them ever bind
    """

    piece: Ints
    host: Ints
    guest: Ints
    quality: Ints
    wanted: Ints
    asks: Ints
    waiting: Ints
    rows: csr_array
    limits: Ints
    meetings: csr_array

    @property
    def fixtures(self) -> int:
        return len(self.quality)

    @property
    def columns(self) -> int:
        return len(self.quality) + len(self.waiting)

    def best_of_each(self, most: Ints) -> Ints:
        """The `most` best fixtures of each request, shape of `most` (t,): columns, one mention a request."""
        ends, column = np.concatenate((self.host, self.guest)), np.tile(np.arange(self.fixtures), 2)
        worse = self.quality.max(initial=0) - self.quality
        order = np.argsort(ends * (worse.max(initial=0) + 1) + worse[column], kind="stable")
        ends, column = ends[order], column[order]
        rank = np.arange(len(ends)) - np.searchsorted(ends, ends)
        return column[rank < most[ends]]

    def vector(self, chosen: Ints) -> Bools:
        """The 0-1 vector (x, u) of a plan of these fixtures."""
        value = np.zeros(self.columns, bool)
        value[chosen] = True
        played = np.zeros(len(self.wanted), bool)
        played[self.host[chosen]] = played[self.guest[chosen]] = True
        value[self.fixtures :] = ~played[self.asks]
        return value


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows that are stretches of a tape of columns: row i is factor[i] · Σ v over tape[start[i]:stop[i]]."""

    start: Ints
    stop: Ints
    factor: Ints
    limit: Ints

    @classmethod
    def joined(cls, blocks: list[_Rows]) -> _Rows:
        return cls(
            *(np.concatenate([getattr(block, name) for block in blocks]) for name in cls.__annotations__)
        )

    def of_parts(self, tape: Ints, part_of: Ints, parts: int) -> _Sorted:
        """Sorted by part; `part_of` tells the part of a column."""
        part = part_of[tape[self.start]]
        order = np.argsort(part, kind="stable")
        start, size = self.start[order], (self.stop - self.start)[order]
        ends = np.cumsum(size)
        at = np.arange(int(size.sum())) + np.repeat(start - ends + size, size)
        return _Sorted(
            columns=tape[at],
            factors=np.repeat(self.factor[order].astype(float), size),
            ends=np.concatenate(([0], ends)),
            limits=self.limit[order],
            begins=np.searchsorted(part[order], np.arange(parts + 1)),
        )


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Rows of all parts in the manner of a csr matrix; part p has rows begins[p] to begins[p + 1]."""

    columns: Ints
    factors: NDArray[np.float64]
    ends: Ints
    limits: Ints
    begins: Ints

    def of(self, part: int, first: int, width: int) -> tuple[csr_array, Ints]:
        """Rows and limits of one part, whose columns are `width` from `first` on."""
        a, b = self.begins[part], self.begins[part + 1]
        low, high = self.ends[a], self.ends[b]
        columns = (self.columns[low:high] - first).astype(np.int32)
        matrix = csr_array(
            (self.factors[low:high], columns, (self.ends[a : b + 1] - low).astype(np.int32)),
            shape=(b - a, width),
        )
        return matrix, self.limits[a:b]


def models_of(left: Left, pieces: list[Ints]) -> list[Model]:
    """The programs of all parts; `pieces` are candidates as `parts.split` gives them."""
    return _Writer(left, pieces).models() if pieces else []


class _Writer:
    """Numbers candidates, requests and columns part by part, so that each part owns a stretch of each.

    N candidates, T requests that have some, K of them that may stay unserved, P parts.
    """

    def __init__(self, left: Left, pieces: list[Ints]) -> None:
        self.left, self.pieces = left, pieces
        open_, parts = left.open, np.arange(len(pieces) + 1)
        order = np.concatenate(pieces)
        #: Where the candidates of each part begin, shape (P + 1,), and the part of each, shape (N,).
        self.begins = np.cumsum([0, *map(len, pieces)])
        part = np.repeat(parts[:-1], np.diff(self.begins))
        part_of = np.full(len(left.served), -1, np.int64)
        part_of[open_.host[order]] = part_of[open_.guest[order]] = part
        teams = np.nonzero(part_of >= 0)[0]
        #: The requests, part by part, and by id within one, shape (T,).
        self.teams = teams[np.argsort(part_of[teams], kind="stable")]
        self.team_at = np.searchsorted(part_of[self.teams], parts)
        number = np.full(len(left.served), -1, np.int64)
        number[self.teams] = np.arange(len(self.teams))
        self.host, self.guest = number[open_.host[order]], number[open_.guest[order]]
        self.day = open_.day[order] - open_.day.min()
        self.hall = left.hall[order]
        self.quality = open_.quality[order]
        self.wanted = left.wanted[self.teams]
        #: The requests that may stay unserved, as indices into `teams`, shape (K,).
        self.asks = np.nonzero(~left.served[self.teams])[0]
        self.ask_at = np.searchsorted(self.asks, self.team_at)
        #: Columns of candidates and of unserved requests, and the part of each column.
        self.column = np.arange(len(order)) + self.ask_at[part]
        ask_part = part_of[self.teams[self.asks]]
        self.ask_column = self.begins[ask_part + 1] + np.arange(len(self.asks))
        self.part_of = np.empty(len(order) + len(self.asks), np.int64)
        self.part_of[self.column], self.part_of[self.ask_column] = part, ask_part

    def models(self) -> list[Model]:
        rules, meetings = self._rules(), self._meetings()
        requests = self.left.open.requests
        waiting = np.array([requests[i].waiting_days for i in self.teams[self.asks]], np.int64)
        found = []
        for p, piece in enumerate(self.pieces):
            fixtures = slice(self.begins[p], self.begins[p + 1])
            teams = slice(self.team_at[p], self.team_at[p + 1])
            asks = slice(self.ask_at[p], self.ask_at[p + 1])
            first, width = int(self.begins[p] + self.ask_at[p]), len(piece) + asks.stop - asks.start
            rows, limits = rules.of(p, first, width)
            found.append(
                Model(
                    piece=piece,
                    host=self.host[fixtures] - teams.start,
                    guest=self.guest[fixtures] - teams.start,
                    quality=self.quality[fixtures],
                    wanted=self.wanted[teams],
                    asks=self.asks[asks] - teams.start,
                    waiting=waiting[asks],
                    rows=rows,
                    limits=limits,
                    meetings=meetings.of(p, first, width)[0],
                )
            )
        return found

    def _rules(self) -> _Sorted:
        """Rest days, fixtures wanted, u = 1 where nobody plays, scarce halls."""
        after = int(self.day.max()) + 1
        owner = np.concatenate((self.host, self.guest, self.asks))
        # "Stays unserved" stands behind the days of its request.
        key = owner * (after + 1) + np.concatenate((self.day, self.day, np.full(len(self.asks), after)))
        by_slot = np.argsort(key, kind="stable")
        tape = np.concatenate((self.column, self.column, self.ask_column))[by_slot]
        key = key[by_slot]
        in_hall = np.nonzero(self.hall >= 0)[0]
        in_hall = in_hall[np.argsort(self.hall[in_hall], kind="stable")]
        blocks = [
            self._days(key[key % (after + 1) < after], key, after + 1),
            self._covers(owner[by_slot]),
            self._halls(self.hall[in_hall], len(tape)),
        ]
        tape = np.concatenate((tape, self.column[in_hall]))
        return _Rows.joined(blocks).of_parts(tape, self.part_of, len(self.pieces))

    def _days(self, played: Ints, key: Ints, span: int) -> _Rows:
        """Maximal windows of min_rest_days + 1 days, one fixture each, and `wanted` where it binds.

        A slot is one request on one day, numbered owner · span + day; the tape is sorted by these keys.
        """
        slot = np.unique(played)
        owner, day = slot // span, slot % span
        requests = self.left.open.requests
        rest = np.array([requests[i].min_rest_days for i in self.teams], np.int64)
        window = np.searchsorted(slot, owner * span + np.minimum(day + rest[owner], span - 2), side="right")
        first = np.searchsorted(owner, np.arange(len(self.teams) + 1))
        most = _most_apart(first, window)
        single = np.minimum(self.wanted, most) == 1
        # The first window of a request is maximal, and each that reaches further than the one before.
        maximal = np.diff(window, prepend=0) > 0
        maximal[first[:-1]] = True
        maximal &= ~single[owner]
        whole = np.nonzero(single | (self.wanted < most))[0]
        begin, end = slot, slot + 1
        start = np.concatenate((begin[maximal], begin[first[whole]]))
        stop = np.concatenate((end[window[maximal] - 1], end[first[whole + 1] - 1]))
        return _Rows(
            start=np.searchsorted(key, start),
            stop=np.searchsorted(key, stop),
            factor=np.ones(len(start), np.int64),
            limit=np.concatenate(
                (np.ones(int(maximal.sum()), np.int64), np.where(single, 1, self.wanted)[whole])
            ),
        )

    def _covers(self, owner: Ints) -> _Rows:
        """-(all fixtures of a request) - u ≤ -1."""
        minus = np.full(len(self.asks), -1, np.int64)
        start, stop = np.searchsorted(owner, self.asks), np.searchsorted(owner, self.asks, side="right")
        return _Rows(start, stop, minus, minus)

    def _halls(self, hall: Ints, behind: int) -> _Rows:
        numbers, start, size = np.unique(hall, return_index=True, return_counts=True)
        ones = np.ones(len(numbers), np.int64)
        return _Rows(behind + start, behind + start + size, ones, self.left.places[numbers])

    def _meetings(self) -> _Sorted:
        """Pairs with several candidates, unless one of the two wants a single fixture anyway."""
        several = np.nonzero((self.wanted[self.host] > 1) & (self.wanted[self.guest] > 1))[0]
        low = np.minimum(self.host[several], self.guest[several])
        pair = low * len(self.teams) + np.maximum(self.host[several], self.guest[several])
        order = np.argsort(pair, kind="stable")
        _, start, size = np.unique(pair[order], return_index=True, return_counts=True)
        start, size = start[size > 1], size[size > 1]
        ones = np.ones(len(start), np.int64)
        rows = _Rows(start, start + size, ones, ones)
        return rows.of_parts(self.column[several[order]], self.part_of, len(self.pieces))


def _most_apart(first: Ints, window: Ints) -> Ints:
    """How many slots of each request rest days allow: the earliest, then the next one free, and so on.

    `first` of shape (t + 1,) says where each request's slots begin, `window` where the next free slot is.
    """
    most, at = np.zeros(len(first) - 1, np.int64), first[:-1].copy()
    while (inside := at < first[1:]).any():
        most += inside
        at[inside] = window[at[inside]]
    return most
