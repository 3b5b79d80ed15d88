"""The nouns of a matching run: plain values, no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

Value = str | int | float


class BadPool(ValueError):
    """A pool or plan that cannot be taken: one sentence with the place, e.g. ``requests[3].venue: …``."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, for machines to translate: `code` picks the sentence, `params` fill it. English is in words.py."""

    code: str
    params: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a fixture's worth: `points` out of at most `of`, and the facts it was computed from."""

    name: str
    points: float
    of: int
    params: Mapping[str, Value]
    why: str


@dataclass(frozen=True, slots=True)
class Season:
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Venue:
    id: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Request:
    """One team's wish for fixtures. `lat`, `lon` in degrees (WGS 84), ratings on the Elo scale."""

    id: str
    team: str
    club: str
    university: str
    country: str
    sport: str
    category: str
    rating: float
    rating_deviation: float
    lat: float
    lon: float
    host_dates: tuple[date, ...]
    travel_dates: tuple[date, ...]
    wanted: int
    min_rest_days: int
    max_distance_km: float
    max_rating_gap: float | None
    venue: str | None
    avoid: frozenset[str]
    prefer: frozenset[str]
    waiting_days: int


@dataclass(frozen=True, slots=True, order=True)
class FixedFixture:
    host: str
    guest: str
    date: date


@dataclass(frozen=True, slots=True)
class Pool:
    """Everything one run may look at. `forbidden` holds pairs of request ids."""

    season: Season
    venues: tuple[Venue, ...]
    requests: tuple[Request, ...]
    fixed: tuple[FixedFixture, ...] = ()
    forbidden: frozenset[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Fixture:
    host: str
    guest: str
    date: date
    quality: int


class Objective(NamedTuple):
    """What a plan is worth; compares lexicographically, as the problem demands."""

    served: int
    waiting_days: int
    quality: int


#: A bound where none is known.
ANYTHING = Objective(10**15, 10**15, 10**15)


@dataclass(frozen=True, slots=True)
class Unserved:
    request: str
    reason: Reason
    advice: Reason | None


@dataclass(frozen=True, slots=True)
class Alternative:
    """A fixture that one side could have played instead of the one it got.

    Attributes
    ----------
    cost : what the whole plan would lose, figure by figure, compared lexicographically like objectives.
        A later figure is negative where the plan would win there what it loses before
    source : "duals", and the plan loses at least `cost` (prices of the last relaxation), or "resolve", and
        it loses exactly that (the pool was solved once more with this fixture forced)
    proven : False for a "resolve" that ran out of time, and then the plan loses at most `cost`
    """

    host: str
    guest: str
    date: date
    quality: int
    cost: Objective
    source: Literal["duals", "resolve"]
    proven: bool = True


#: Of the host, and of the guest; each the cheapest first.
Alternatives = tuple[tuple[Alternative, ...], tuple[Alternative, ...]]


class Hold(NamedTuple):
    """No plan with at least the reached values before has a higher figure than `bound`.

    For each unit that an earlier value gives way, it may rise by that value's `price`, no more.
    """

    bound: float
    price: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`bound[i]` is proven: no plan with the same values before i has a higher objective i.

    Attributes
    ----------
    alternatives : keyed by host, guest and date of the plan's own fixtures; fixed ones have none
    loose : what no plan exceeds in any one figure, whatever the others are
    holds : one for each figure; with `loose`, what is needed to join plans of independent pools (bounds.py)
    """

    fixtures: tuple[Fixture, ...]
    objective: Objective
    bound: Objective
    unserved: tuple[Unserved, ...] = ()
    alternatives: Mapping[tuple[str, str, date], Alternatives] = field(default_factory=dict)
    loose: Objective = ANYTHING
    holds: tuple[Hold, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` parts are finished; `seconds` since the start. Bounds come later than objectives."""

    stage: str
    objective: Objective | None
    bound: Objective | None
    done: int
    total: int
    seconds: float
