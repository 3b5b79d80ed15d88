"""A part of the pool as a 0-1 program: maximise c·v over G·v ≤ g, v = (fixtures x, unserved requests u)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack, vstack

from .candidates import Bools, Ints
from .parts import Left
from .types import Request


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
        order = np.lexsort((column, -self.quality[column], ends))
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


def model_of(left: Left, piece: Ints) -> Model:
    """Builds the program of one part. Rows of rest days are all maximal sets of days that clash pairwise."""
    open_ = left.open.take(piece)
    n = len(piece)
    teams = np.unique(np.concatenate((open_.host, open_.guest)))
    host, guest = np.searchsorted(teams, open_.host), np.searchsorted(teams, open_.guest)
    first = int(open_.day.min())
    span = int(open_.day.max()) - first + 1
    # A slot is one request on one day; every candidate takes two.
    slot, where = np.unique(
        np.concatenate((host * span + open_.day - first, guest * span + open_.day - first)),
        return_inverse=True,
    )
    takes = csr_array((np.ones(2 * n), (where, np.tile(np.arange(n), 2))), shape=(len(slot), n))
    requests = [left.open.requests[i] for i in teams]
    clash, clash_limits = _clashes(requests, left.wanted[teams], slot // span, slot % span)
    hall, hall_limits = _hall_rows(left, piece)
    unserved = np.nonzero(~left.served[teams])[0]
    plays = csr_array(
        (np.ones(len(slot)), (slot // span, np.arange(len(slot)))), shape=(len(teams), len(slot))
    )
    empty = csr_array((clash.shape[0] + hall.shape[0], len(unserved)))
    rules = hstack((vstack((clash @ takes, hall)), empty))
    cover = hstack((-(plays[unserved] @ takes), -eye_array(len(unserved))))
    return Model(
        piece=piece,
        host=host,
        guest=guest,
        quality=open_.quality,
        wanted=left.wanted[teams],
        asks=unserved,
        waiting=np.array([requests[i].waiting_days for i in unserved], np.int64),
        rows=csr_array(vstack((rules, cover))),
        limits=np.concatenate((clash_limits, hall_limits, np.full(len(unserved), -1))),
        meetings=_meetings(host, guest, left.wanted[teams], len(unserved)),
    )


def _clashes(requests: list[Request], wanted: Ints, owner: Ints, day: Ints) -> tuple[csr_array, Ints]:
    """Rows over slots: windows of min_rest_days + 1 days, and `wanted` where it binds."""
    bounds = np.searchsorted(owner, np.arange(len(requests) + 1))
    rows: list[Ints] = []
    limits: list[int] = []
    for i, request in enumerate(requests):
        slots = np.arange(bounds[i], bounds[i + 1])
        days = day[slots]
        ends = np.searchsorted(days, days + request.min_rest_days, side="right")
        most, last = 0, 0
        while last < len(days):
            most, last = most + 1, int(ends[last])
        if min(wanted[i], most) == 1:
            rows.append(slots)
            limits.append(1)
            continue
        maximal = np.diff(ends, prepend=0) > 0
        rows += [slots[a:b] for a, b in zip(np.nonzero(maximal)[0], ends[maximal], strict=True)]
        limits += [1] * int(maximal.sum())
        if wanted[i] < most:
            rows.append(slots)
            limits.append(int(wanted[i]))
    return _zero_one(rows, len(owner)), np.array(limits, np.int64)


def _hall_rows(left: Left, piece: Ints) -> tuple[csr_array, Ints]:
    hall = left.hall[piece]
    numbers = np.unique(hall[hall >= 0])
    rows = [np.nonzero(hall == number)[0] for number in numbers]
    return _zero_one(rows, len(piece)), left.places[numbers]


def _meetings(host: Ints, guest: Ints, wanted: Ints, unserved: int) -> csr_array:
    """Pairs with several candidates, unless one of the two wants a single fixture anyway."""
    pair = np.minimum(host, guest) * len(wanted) + np.maximum(host, guest)
    several = (wanted[host] > 1) & (wanted[guest] > 1)
    _, number, count = np.unique(pair, return_inverse=True, return_counts=True)
    several &= count[number] > 1
    columns = np.nonzero(several)[0]
    kept, row = np.unique(number[columns], return_inverse=True)
    return csr_array((np.ones(len(columns)), (row, columns)), shape=(len(kept), len(host) + unserved))


def _zero_one(rows: list[Ints], width: int) -> csr_array:
    starts = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.concatenate(rows) if rows else np.empty(0, np.int64)
    return csr_array((np.ones(len(columns)), columns, starts), shape=(len(rows), width))
