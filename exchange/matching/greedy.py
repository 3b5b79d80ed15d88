"""Plans made in one go: what people do by hand, and the better first plan of every run."""

from __future__ import annotations

import numpy as np

from .candidates import Ints
from .parts import Left


def greedy(left: Left) -> Ints:
    """Best fixture first, while it fits, as people do it by hand: indices into `left.open`, sorted."""
    book = _Book(left)
    book.fill(_best_first(left), newcomers=0)
    return book.plan()


def scarcest_first(left: Left) -> Ints:
    """The hardest to place first: indices into `left.open`, sorted.

    First fixtures between two who have none, then for one who has none, those with the fewest choices ahead;
    then whatever still fits, best first. Measured on real pools it serves nearly everybody who can be served.
    """
    host, guest, requests = left.open.host, left.open.guest, len(left.served)
    choices = np.bincount(host, minlength=requests) + np.bincount(guest, minlength=requests)
    hardest = np.lexsort((-left.open.quality, np.minimum(choices[host], choices[guest])))
    book = _Book(left)
    book.fill(hardest, newcomers=2)
    book.fill(hardest, newcomers=1)
    book.fill(_best_first(left), newcomers=0)
    return book.plan()


def _best_first(left: Left) -> Ints:
    # Stable: ties keep the candidates' order, which is that of ids and days.
    return np.argsort(-left.open.quality, kind="stable")


class _Book:
    """Who plays when so far. Plain lists: numpy is slower one fixture at a time."""

    def __init__(self, left: Left) -> None:
        self.host, self.guest = left.open.host.tolist(), left.open.guest.tolist()
        self.day, self.hall = left.open.day.tolist(), left.hall.tolist()
        self.rest = [request.min_rest_days for request in left.open.requests]
        self.wanted, self.served, self.places = (
            left.wanted.tolist(),
            left.served.tolist(),
            left.places.tolist(),
        )
        self.days: list[list[int]] = [[] for _ in self.rest]
        self.met: set[tuple[int, int]] = set()
        self.taken: list[int] = []

    def plan(self) -> Ints:
        return np.array(sorted(self.taken), np.int64)

    def fill(self, order: Ints, *, newcomers: int) -> None:
        """Takes what fits, in this order, where at least so many of the two have no fixture yet."""
        host, guest, served = self.host, self.guest, self.served
        for i in order.tolist():
            if newcomers <= (not served[host[i]]) + (not served[guest[i]]) and self._fits(i):
                self._take(i)

    def _fits(self, i: int) -> bool:
        host, guest, day, hall = self.host[i], self.guest[i], self.day[i], self.hall[i]
        if not (self.wanted[host] and self.wanted[guest]) or (hall >= 0 and not self.places[hall]):
            return False
        if (host, guest) in self.met or (guest, host) in self.met:
            return False
        return all(
            abs(day - played) > self.rest[side] for side in (host, guest) for played in self.days[side]
        )

    def _take(self, i: int) -> None:
        for side in (self.host[i], self.guest[i]):
            self.wanted[side] -= 1
            self.served[side] = True
            self.days[side].append(self.day[i])
        if self.hall[i] >= 0:
            self.places[self.hall[i]] -= 1
        self.met.add((self.host[i], self.guest[i]))
        self.taken.append(i)
