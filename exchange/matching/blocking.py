"""Blocking pairs: two who would both rather meet each other than play what the plan gives them.

A plan without any is stable in the sense of Gale and Shapley (College Admissions and the Stability of
Marriage, 1962), carried over from one partner to several, as in the stable fixtures problem (Irving and
Scott, The stable fixtures problem: a many-to-many extension of stable roommates, 2007). Both sides value a
fixture alike here, by its quality, and days, rest and halls must allow the exchange.

A plan that serves as many as it can has blocking pairs by design: it gives two good neighbours to two others
who would otherwise stay at home. So they are no faults; they are counted because they tell where clubs will
ask "why not those?".
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np

from .candidates import Bools, Candidates, Ints, candidates, pair_of, venues_of
from .types import Plan, Pool

#: Pairs listed; all are counted.
LISTED = 100
#: Candidates looked at in one go: bounds the memory beside the candidates to some tens of megabytes.
AT_ONCE = 500_000
#: What a side loses that has room, less than the worst fixture is worth; and what no fixture makes up for.
ROOM, NEVER = -1, np.iinfo(np.int64).max // 4


@dataclass(frozen=True, slots=True)
class BlockingPair:
    """The pair's best fixture outside the plan. A side gains `quality` less what it would drop, if any."""

    host: str
    guest: str
    date: date
    quality: int
    host_gain: int
    guest_gain: int


@dataclass(frozen=True, slots=True)
class Blocking:
    """`count` pairs; `listed` the first of them by what both gain together."""

    count: int
    listed: tuple[BlockingPair, ...]


def blocking_document(blocking: Blocking) -> dict[str, Any]:
    """As JSON-ready values."""
    listed = [asdict(pair) | {"date": pair.date.isoformat()} for pair in blocking.listed]
    return {"count": blocking.count, "listed": listed}


def blocking_pairs(pool: Pool, plan: Plan, *, found: Candidates | None = None) -> Blocking:
    """All pairs that block the plan, each once, on the day and at the place where the two gain most.

    A possible fixture of two who do not meet in the plan blocks it when each of them either has room for it
    (fixtures wanted and rest days) or would drop exactly one of its fixtures, not a fixed one and of strictly
    less quality, to make room; and when the host's venue has a place for it then. Among what a side could
    drop it drops the least. What both gain decides the order, then ids.

    `found` are all possible fixtures of the pool, if somebody has them at hand. O(n log p) for n of them and
    p fixtures in the plan.
    """
    found = candidates(pool) if found is None else found
    book = _Book(pool, plan, found)
    parts = [
        _blocking_among(found, book, np.arange(start, min(start + AT_ONCE, len(found))))
        for start in range(0, len(found), AT_ONCE)
    ]
    if not parts:
        return Blocking(0, ())
    index, host_loss, guest_loss = (np.concatenate(column) for column in zip(*parts, strict=True))
    host_gain, guest_gain = (found.quality[index] - np.maximum(0, loss) for loss in (host_loss, guest_loss))
    gain = host_gain + guest_gain
    # Stable: equal gains keep the candidates' order, by ids and day.
    order = np.argsort(-gain, kind="stable")
    _, first = np.unique(_pair(found, index[order]), return_index=True)
    best = order[np.sort(first)]
    return Blocking(len(best), tuple(_told(found, index, host_gain, guest_gain, best[:LISTED])))


class _Book:
    """Who plays when in the plan, as sorted columns. A slot is one request on one day."""

    def __init__(self, pool: Pool, plan: Plan, found: Candidates) -> None:
        index = {request.id: i for i, request in enumerate(found.requests)}
        fixed = {(f.host, f.guest, f.date) for f in pool.fixed}
        host = np.array([index[f.host] for f in plan.fixtures], np.int64)
        guest = np.array([index[f.guest] for f in plan.fixtures], np.int64)
        self.first = pool.season.start.toordinal()
        day = np.array([f.date.toordinal() - self.first for f in plan.fixtures], np.int64)
        worth = np.array([f.quality for f in plan.fixtures], np.int64)
        stays = np.array([(f.host, f.guest, f.date) in fixed for f in plan.fixtures], bool)
        self.requests = len(found.requests)
        self.met = np.unique(pair_of(host, guest, self.requests))

        season = pool.season.end.toordinal() - self.first + 1
        self.rest = np.array([min(request.min_rest_days, season) for request in found.requests], np.int64)
        # Slots of two requests lie further apart than anyone rests.
        self.span = season + int(self.rest.max(initial=0))
        side, loss = np.concatenate((host, guest)), np.tile(np.where(stays, NEVER, worth), 2)
        venue, home = venues_of(pool, found.requests), np.tile(host, 2)
        order = np.argsort(side * self.span + np.tile(day, 2), kind="stable")
        #: The plan's slots, sorted; what dropping each would lose; the venue that would be freed, or -1.
        self.slot = (side * self.span + np.tile(day, 2))[order]
        self.loss, self.place = loss[order], venue[home][order]

        wanted = np.array([request.wanted for request in found.requests], np.int64)
        self.full = np.bincount(side, minlength=self.requests) >= wanted
        self.least = np.full(self.requests, NEVER)
        np.minimum.at(self.least, side, loss)
        self.venue, self.capacity = venue, np.array([venue.capacity for venue in pool.venues], np.int64)
        in_hall = venue[host] >= 0
        self.hall_day, self.held = np.unique(
            venue[host[in_hall]] * self.span + day[in_hall], return_counts=True
        )

    def loss_of(self, side: Ints, day: Ints, place: Ints) -> tuple[Ints, Ints]:
        """What each side must drop to play on a day, in quality (`ROOM` for nothing, `NEVER` where one is
        not enough), and whether that frees a place of the venue `place` on the day itself (0 or 1).

        A place is freed only by the fixture that a side plays on that very day, and that one it must drop.
        """
        at = side * self.span + day
        low = np.searchsorted(self.slot, at - np.minimum(self.rest[side], day))
        close = np.searchsorted(self.slot, at + self.rest[side], side="right") - low
        # One more entry, for those behind the last slot.
        clash = np.append(self.loss, NEVER)[low]
        loss = np.where(close == 0, np.where(self.full[side], self.least[side], ROOM), clash)
        loss[close > 1] = NEVER
        frees = (close == 1) & (np.append(self.slot, -1)[low] == at) & (place >= 0)
        frees &= np.append(self.place, -1)[low] == place
        return loss, frees.astype(np.int64)

    def free_places(self, host: Ints, day: Ints) -> Ints:
        """Places left at the host's venue; 1 where no shared venue binds it."""
        venue = self.venue[host]
        held = np.append(self.held, 0)
        key = venue * self.span + day
        at = np.searchsorted(self.hall_day, key)
        taken = np.where(np.append(self.hall_day, -1)[at] == key, held[at], 0)
        return np.where(venue >= 0, np.append(self.capacity, 0)[venue] - taken, 1)


def _blocking_among(found: Candidates, book: _Book, index: Ints) -> tuple[Ints, Ints, Ints]:
    """Of the candidates `index`: those that block the plan, and what their hosts and guests would drop."""
    host, guest, day, quality = _columns(found, book, index)
    keep = ~_among(book.met, _pair(found, index))
    # A full side drops something at any rate: most candidates end here.
    for side in (host, guest):
        keep &= ~book.full[side] | (book.least[side] < quality)
    index = index[keep]
    host, guest, day, quality = _columns(found, book, index)
    place = book.venue[host]
    host_loss, host_frees = book.loss_of(host, day, place)
    guest_loss, guest_frees = book.loss_of(guest, day, place)
    fits = book.free_places(host, day) + host_frees + guest_frees > 0
    rather = fits & (host_loss < quality) & (guest_loss < quality)
    return index[rather], host_loss[rather], guest_loss[rather]


def _columns(found: Candidates, book: _Book, index: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    return found.host[index], found.guest[index], found.day[index] - book.first, found.quality[index]


def _pair(found: Candidates, index: Ints) -> Ints:
    return pair_of(found.host[index], found.guest[index], len(found.requests))


def _among(sorted_keys: Ints, keys: Ints) -> Bools:
    at = np.searchsorted(sorted_keys, keys)
    return np.asarray(np.append(sorted_keys, -1)[at] == keys)


def _told(
    found: Candidates, index: Ints, host_gain: Ints, guest_gain: Ints, best: Ints
) -> list[BlockingPair]:
    return [
        BlockingPair(
            host=found.requests[found.host[i]].id,
            guest=found.requests[found.guest[i]].id,
            date=date.fromordinal(int(found.day[i])),
            quality=int(found.quality[i]),
            host_gain=int(host),
            guest_gain=int(guest),
        )
        for i, host, guest in zip(index[best], host_gain[best], guest_gain[best], strict=True)
    ]
