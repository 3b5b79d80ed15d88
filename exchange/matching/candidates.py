"""All possible fixtures of a pool, computed whole in numpy. Agrees exactly with rules.py and quality.py."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from .quality import DISTANCE_POINTS, DISTANCE_SCALE_KM, PREFER_POINTS, RATING_SCALE, STRENGTH_POINTS, quality
from .rules import DISTANCE_SLACK_KM, EARTH_RADIUS_KM, GAP_SLACK, kilometres
from .types import Pool, Request

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Pairs looked at in one go: bounds the memory to some tens of megabytes, whatever the pool.
PAIRS_AT_ONCE = 2_000_000
#: Where numpy's last digits could decide, plain Python is asked instead. Generous: near the antipode the
#: arc sine magnifies them to a tenth of a metre.
DOUBT = 1e-3


@dataclass(frozen=True, slots=True)
class Candidates:
    """Possible fixtures, sorted by host, guest and day.

    Attributes
    ----------
    requests : the pool's requests sorted by id; `host` and `guest` index them
    host, guest, day, quality : int64, shape (n,); `day` is a proleptic ordinal (`date.toordinal`)
    """

    requests: tuple[Request, ...]
    host: Ints
    guest: Ints
    day: Ints
    quality: Ints

    def __len__(self) -> int:
        return len(self.host)

    @property
    def pair(self) -> Ints:
        """One number for two requests, whoever hosts; shape (n,)."""
        return pair_of(self.host, self.guest, len(self.requests))

    def take(self, keep: Bools | Ints) -> Candidates:
        return Candidates(
            self.requests, self.host[keep], self.guest[keep], self.day[keep], self.quality[keep]
        )


def candidates(pool: Pool) -> Candidates:
    """Every possible fixture of the pool, by the rules alone: fixed fixtures take nothing away here."""
    requests = tuple(sorted(pool.requests, key=lambda request: request.id))
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i, request in enumerate(requests):
        groups[request.sport, request.category].append(i)
    refused = refused_pairs(pool, requests)
    # numpy lets go of Python's lock over large arrays: groups go side by side.
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as threads:
        parts = threads.map(
            lambda members: list(_group(requests, np.array(members), refused)), groups.values()
        )
        found = [block for part in parts for block in part]
    if not found:
        found = [(np.empty(0, np.int64),) * 4]
    host, guest, day, worth = (np.concatenate(column) for column in zip(*found, strict=True))
    span = int(day.max(initial=0)) - (first := int(day.min(initial=0))) + 1
    order = np.argsort((host * len(requests) + guest) * span + day - first, kind="stable")
    return Candidates(requests, host[order], guest[order], day[order], worth[order])


def pair_of(first: Ints, second: Ints, requests: int) -> Ints:
    return np.asarray(np.minimum(first, second) * requests + np.maximum(first, second))


def venues_of(pool: Pool, requests: Sequence[Request]) -> Ints:
    """Index of each request's venue in the pool, -1 where no shared venue binds it."""
    number = {venue.id: i for i, venue in enumerate(pool.venues)}
    return np.array([-1 if r.venue is None else number[r.venue] for r in requests], np.int64)


def refused_pairs(pool: Pool, requests: tuple[Request, ...]) -> Ints:
    """Sorted keys low·n+high of pairs that are forbidden or where one avoids the other."""
    index = {request.id: i for i, request in enumerate(requests)}
    teams: defaultdict[str, list[int]] = defaultdict(list)
    for i, request in enumerate(requests):
        teams[request.team].append(i)
    pairs = {tuple(sorted(index[request_id] for request_id in pair)) for pair in pool.forbidden}
    for i, request in enumerate(requests):
        for team in request.avoid:
            pairs.update((min(i, j), max(i, j)) for j in teams.get(team, ()))
    return np.array(sorted(low * len(requests) + high for low, high in pairs), np.int64)


def _group(
    requests: tuple[Request, ...], members: Ints, refused: Ints
) -> Iterator[tuple[Ints, Ints, Ints, Ints]]:
    """Yields (host, guest, day, quality) arrays for one sport and category, a block of guests at a time."""
    group = Group.of(requests, members)
    block = max(1, PAIRS_AT_ONCE // len(members))
    for start in range(0, len(members), block):
        guest, host = group.near(start, start + block)
        guest, host = group.allowed(guest, host)
        keep = ~np.isin(pair_of(members[guest], members[host], len(requests)), refused)
        guest, host = guest[keep], host[keep]
        pair, day = np.nonzero(group.hosts[host] & group.travels[guest])
        worth = group.worth(guest, host)
        yield members[host[pair]], members[guest[pair]], group.days[day], worth[pair]


@dataclass(frozen=True, slots=True)
class Group:
    """One group by columns: m members, d days; angles in radians, `sphere` unit vectors of shape (m, 3)."""

    requests: tuple[Request, ...]
    lat: Floats
    lon: Floats
    sphere: Floats
    reach: Floats
    rating: Floats
    variance: Floats
    gap: Floats
    university: Ints
    hosts: Bools
    travels: Bools
    days: Ints
    preferred: Ints

    @classmethod
    def of(cls, requests: tuple[Request, ...], members: Ints) -> Group:
        rows = tuple(requests[i] for i in members)
        lat = np.radians([row.lat for row in rows])
        lon = np.radians([row.lon for row in rows])
        days = sorted({day for row in rows for day in (*row.host_dates, *row.travel_dates)})
        names = {name: i for i, name in enumerate(sorted({row.university for row in rows}))}
        return cls(
            requests=rows,
            lat=lat,
            lon=lon,
            sphere=np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat))),
            reach=np.array([row.max_distance_km for row in rows], float),
            rating=np.array([row.rating for row in rows], float),
            variance=np.array([row.rating_deviation**2 for row in rows], float),
            gap=np.array(
                [np.inf if row.max_rating_gap is None else row.max_rating_gap for row in rows], float
            ),
            university=np.array([names[row.university] for row in rows], np.int64),
            hosts=_calendar([row.host_dates for row in rows], days),
            travels=_calendar([row.travel_dates for row in rows], days),
            days=np.array([day.toordinal() for day in days], np.int64),
            preferred=_preferred(rows),
        )

    def near(self, start: int, stop: int) -> tuple[Ints, Ints]:
        """Pairs (guest, host) that the guest's reach may allow: a cheap test that errs on the far side."""
        angle = np.minimum(self.reach[start:stop] / EARTH_RADIUS_KM + 1e-6, np.pi)
        close = self.sphere[start:stop] @ self.sphere.T >= np.cos(angle)[:, None] - 1e-12
        close &= self.university[start:stop, None] != self.university
        guest, host = np.nonzero(close)
        return guest + start, host

    def allowed(self, guest: Ints, host: Ints) -> tuple[Ints, Ints]:
        limit = np.minimum(self.gap[guest], self.gap[host])
        keep = np.abs(self.rating[host] - self.rating[guest]) <= limit + GAP_SLACK
        guest, host = guest[keep], host[keep]
        km, reach = self.kilometres(guest, host), self.reach[guest] + DISTANCE_SLACK_KM
        keep = km <= reach
        for i in np.nonzero(np.abs(km - reach) < DOUBT)[0]:
            exact = kilometres(self.requests[host[i]], self.requests[guest[i]])
            keep[i] = exact <= self.requests[guest[i]].max_distance_km + DISTANCE_SLACK_KM
        return guest[keep], host[keep]

    def kilometres(self, guest: Ints, host: Ints) -> Floats:
        """Great-circle distance by the haversine formula, as in rules.py."""
        p, q = self.lat[host], self.lat[guest]
        east = self.lon[guest] - self.lon[host]
        h = np.sin((q - p) / 2) ** 2 + np.cos(p) * np.cos(q) * np.sin(east / 2) ** 2
        return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(h))))

    def worth(self, guest: Ints, host: Ints) -> Ints:
        """Quality of each pair, as in quality.py; a sum close to a half is rounded by that module itself."""
        spread = RATING_SCALE**2 + 2 * (self.variance[host] + self.variance[guest])
        gap = self.rating[host] - self.rating[guest]
        total = STRENGTH_POINTS * RATING_SCALE / np.sqrt(spread) * np.exp(-(gap**2) / spread)
        total += DISTANCE_POINTS * np.exp(-self.kilometres(guest, host) / DISTANCE_SCALE_KM)
        total += PREFER_POINTS * np.isin(host * len(self.requests) + guest, self.preferred)
        rounded = np.rint(total).astype(np.int64)
        for i in np.nonzero(np.abs(total - np.floor(total) - 0.5) < DOUBT)[0]:
            rounded[i] = quality(self.requests[host[i]], self.requests[guest[i]])
        return rounded


def _calendar(wishes: list[tuple[date, ...]], days: list[date]) -> Bools:
    column = {day: i for i, day in enumerate(days)}
    calendar = np.zeros((len(wishes), len(days)), bool)
    for row, wish in enumerate(wishes):
        calendar[row, [column[day] for day in wish]] = True
    return calendar


def _preferred(rows: tuple[Request, ...]) -> Ints:
    """Keys host·m+guest, in both directions, of pairs where either prefers the other."""
    teams: defaultdict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        teams[row.team].append(i)
    pairs = {(i, j) for i, row in enumerate(rows) for team in row.prefer for j in teams.get(team, ())}
    keys = {a * len(rows) + b for a, b in pairs} | {b * len(rows) + a for a, b in pairs}
    return np.array(sorted(keys), np.int64)
