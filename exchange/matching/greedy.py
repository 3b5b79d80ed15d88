"""Plans made in one go: what people do by hand, and the better first plan of every run."""

from __future__ import annotations

import numpy as np

from .candidates import Ints
from .parts import Left

#: Fixtures looked at in one go. Most of them are out of question at one glance, by numpy; the others are
#: tried one by one. Few, since what the glance sees is as old as the beginning of the handful.
HANDFUL = 8_000


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
    best_first = _best_first(left)
    fewest = np.minimum(choices[host], choices[guest])[best_first]
    hardest = best_first[np.argsort(fewest, kind="stable")]
    book = _Book(left)
    book.fill(hardest, newcomers=2)
    book.fill(hardest, newcomers=1)
    book.fill(best_first, newcomers=0)
    return book.plan()


def completed(left: Left, chosen: Ints) -> Ints:
    """Of the chosen fixtures, best first, those that fit together, and whatever fits beside them."""
    book = _Book(left)
    book.fill(chosen[np.argsort(-left.open.quality[chosen], kind="stable")], newcomers=0)
    book.fill(_best_first(left), newcomers=0)
    return book.plan()


def _best_first(left: Left) -> Ints:
    # Stable: ties keep the candidates' order, which is that of ids and days.
    return np.argsort(-left.open.quality, kind="stable")


class _Book:
    """Who plays when so far."""

    def __init__(self, left: Left) -> None:
        self.open, self.hall = left.open, left.hall
        self.rest = [request.min_rest_days for request in left.open.requests]
        self.wanted, self.served = left.wanted.copy(), left.served.copy()
        # One more at the end, always free, for "no hall", which is number -1.
        self.places = np.append(left.places, len(left.open) + 1)
        self.days: list[list[int]] = [[] for _ in self.rest]
        self.met: set[tuple[int, int]] = set()
        self.taken: list[int] = []

    def plan(self) -> Ints:
        return np.array(sorted(self.taken), np.int64)

    def fill(self, order: Ints, *, newcomers: int) -> None:
        """Takes what fits, in this order, where at least so many of the two have no fixture yet."""
        for start in range(0, len(order), HANDFUL):
            handful = order[start : start + HANDFUL]
            handful = handful[self._may_fit(handful, newcomers)]
            columns = (self.open.host, self.open.guest, self.open.day, self.hall)
            for i, host, guest, day, hall in zip(
                handful.tolist(), *(column[handful].tolist() for column in columns), strict=True
            ):
                if newcomers <= (not self.served[host]) + (not self.served[guest]):
                    self._try(i, host, guest, day, hall)

    def _may_fit(self, handful: Ints, newcomers: int) -> Ints:
        host, guest = self.open.host[handful], self.open.guest[handful]
        room = (self.wanted[host] > 0) & (self.wanted[guest] > 0) & (self.places[self.hall[handful]] > 0)
        if newcomers:
            room &= (~self.served[host]).astype(np.int8) + ~self.served[guest] >= newcomers
        return np.nonzero(room)[0]

    def _try(self, i: int, host: int, guest: int, day: int, hall: int) -> None:
        if not (self.wanted[host] and self.wanted[guest] and self.places[hall]):
            return
        if (host, guest) in self.met or (guest, host) in self.met:
            return
        for side in (host, guest):
            if any(abs(day - played) <= self.rest[side] for played in self.days[side]):
                return
        for side in (host, guest):
            self.wanted[side] -= 1
            self.served[side] = True
            self.days[side].append(day)
        if hall >= 0:
            self.places[hall] -= 1
        self.met.add((host, guest))
        self.taken.append(i)
