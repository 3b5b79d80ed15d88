"""The rules of the pool format as one integer program, solved three times by HiGHS, apart from the engine.

Written as one would who has HiGHS and an afternoon: all possible fixtures, one row a rule, no cleverness
beyond leaving out rows that cannot bind.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

from exchange.matching import Pool, Request

RADIUS_KM = 6371.0088
#: Pairs looked at in one go.
BLOCK = 2_000_000
#: Told to HiGHS, whose own default calls 10⁻⁴ optimal.
GAP = 1e-6

Floats = NDArray[np.float64]
Meeting = tuple[int, int, int, int]


def possible_fixtures(pool: Pool) -> list[Meeting]:
    """(host, guest, ordinal day, quality), requests by their place in the pool; fixed ones are not added."""
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i, request in enumerate(pool.requests):
        groups[request.sport, request.category].append(i)
    refused = _refused(pool)
    found: list[Meeting] = []
    for members in groups.values():
        for host, guest, worth in _pairs(pool, members):
            if (host, guest) in refused:
                continue
            one, other = pool.requests[host], pool.requests[guest]
            found += [
                (host, guest, day.toordinal(), worth) for day in {*one.host_dates} & {*other.travel_dates}
            ]
    return found


def _refused(pool: Pool) -> set[tuple[int, int]]:
    place = {request.id: i for i, request in enumerate(pool.requests)}
    teams: defaultdict[str, list[int]] = defaultdict(list)
    for i, request in enumerate(pool.requests):
        teams[request.team].append(i)
    pairs = {(place[a], place[b]) for a, b in map(tuple, pool.forbidden)}
    pairs |= {
        (i, j) for i, request in enumerate(pool.requests) for team in request.avoid for j in teams[team]
    }
    return pairs | {(b, a) for a, b in pairs}


def _pairs(pool: Pool, members: list[int]) -> Iterator[tuple[int, int, int]]:
    """(host, guest, quality) of those near and alike enough, a block of hosts at a time."""
    rows = [pool.requests[i] for i in members]
    lat, lon = np.radians([r.lat for r in rows]), np.radians([r.lon for r in rows])
    reach = np.array([r.max_distance_km for r in rows])
    rating = np.array([r.rating for r in rows])
    gap = np.array([math.inf if r.max_rating_gap is None else r.max_rating_gap for r in rows])
    _, university = np.unique([r.university for r in rows], return_inverse=True)
    step = max(1, BLOCK // len(rows))
    for start in range(0, len(rows), step):
        some = slice(start, start + step)
        h = np.sin((lat - lat[some, None]) / 2) ** 2
        h += np.cos(lat) * np.cos(lat[some, None]) * np.sin((lon - lon[some, None]) / 2) ** 2
        fits = 2 * RADIUS_KM * np.arcsin(np.minimum(1, np.sqrt(h))) <= reach + 1e-6
        fits &= np.abs(rating - rating[some, None]) <= np.minimum(gap, gap[some, None]) + 1e-9
        fits &= university != university[some, None]
        for a, b in zip(*(side.tolist() for side in np.nonzero(fits)), strict=True):
            yield members[a + start], members[b], _quality(rows[a + start], rows[b])


def _quality(a: Request, b: Request) -> int:
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2
    h += math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    km = 2 * RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))
    spread = 150.0**2 + 2 * (a.rating_deviation**2 + b.rating_deviation**2)
    strength = 600 * 150 / math.sqrt(spread) * math.exp(-((a.rating - b.rating) ** 2) / spread)
    prefer = 100 if b.team in a.prefer or a.team in b.prefer else 0
    return round(strength + 400 * math.exp(-km / 300) + prefer)


@dataclass(slots=True)
class Program:
    """Columns are the fixtures, then one a request: 1 where it is served. Rows are `≤`."""

    meetings: list[Meeting]
    requests: int
    least: Floats
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)

    def at_most(self, limit: float, columns: list[int], factors: list[float] | None = None) -> None:
        self.columns += columns
        self.factors += [1.0] * len(columns) if factors is None else factors
        self.starts.append(len(self.columns))
        self.limits.append(limit)


def program_of(pool: Pool) -> Program:
    place = {request.id: i for i, request in enumerate(pool.requests)}
    fixed = {(place[f.host], place[f.guest], f.date.toordinal()) for f in pool.fixed}
    meetings = possible_fixtures(pool)
    missing = sorted(fixed - {meeting[:3] for meeting in meetings})
    meetings += [(h, g, day, _quality(pool.requests[h], pool.requests[g])) for h, g, day in missing]
    stands = [float(meeting[:3] in fixed) for meeting in meetings]
    program = Program(meetings, len(pool.requests), np.array(stands + [0.0] * len(pool.requests)))
    played: list[defaultdict[int, list[int]]] = [defaultdict(list) for _ in pool.requests]
    pairs: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    halls: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for column, (host, guest, day, _) in enumerate(meetings):
        played[host][day].append(column)
        played[guest][day].append(column)
        pairs[min(host, guest), max(host, guest)].append(column)
        venue = pool.requests[host].venue
        if venue is not None:
            halls[venue, day].append(column)
    for number, request in enumerate(pool.requests):
        _request_rows(program, number, request, played[number])
    for columns in pairs.values():
        if len(columns) > 1:
            program.at_most(1, columns)
    capacity = {venue.id: venue.capacity for venue in pool.venues}
    for (venue, _), columns in halls.items():
        if len(columns) > capacity[venue]:
            program.at_most(capacity[venue], columns)
    return program


def _request_rows(program: Program, number: int, request: Request, played: dict[int, list[int]]) -> None:
    """As many as it wants, rest between them, and served only if it plays."""
    days = sorted(played)
    mine = [column for day in days for column in played[day]]
    if len(mine) > request.wanted:
        program.at_most(request.wanted, mine)
    last_told = -1
    for first in days:
        near = [day for day in days if first <= day <= first + request.min_rest_days]
        columns = [column for day in near for column in played[day]]
        if near[-1] > last_told and len(columns) > 1:
            program.at_most(1, columns)
            last_told = near[-1]
    program.at_most(0, [len(program.meetings) + number, *mine], [1.0, *[-1.0] * len(mine)])


@dataclass(frozen=True, slots=True)
class Stage:
    """`value` and `bound` of one objective; `value` is None where no plan was found at all."""

    value: int | None
    bound: int | None
    ended: bool


def staged(pool: Pool, *, threads: int, limit: float) -> tuple[list[Meeting], list[Stage], int]:
    """The plan, how far each of the three programs came, and the number of columns that are fixtures.

    A stage that does not end within the limit, which is one for all three, is the last.
    """
    begun = time.monotonic()
    program = program_of(pool)
    nobody, no_fixture = [0.0] * program.requests, [0.0] * len(program.meetings)
    costs = (
        np.array([*no_fixture, *[1.0] * program.requests]),
        np.array([*no_fixture, *[float(request.waiting_days) for request in pool.requests]]),
        np.array([*[float(meeting[3]) for meeting in program.meetings], *nobody]),
    )
    stages: list[Stage] = []
    chosen: list[Meeting] = []
    for cost in costs:
        solved, stage = _maximised(program, cost, threads, limit - (time.monotonic() - begun))
        stages.append(stage)
        if solved is not None:
            chosen = [program.meetings[i] for i in np.nonzero(solved[: len(program.meetings)] > 0.5)[0]]
        if not stage.ended or stage.value is None:
            break
        used = np.nonzero(cost)[0].tolist()
        program.at_most(-stage.value, used, (-cost[used]).tolist())
    return chosen, stages, len(program.meetings)


def _maximised(program: Program, cost: Floats, threads: int, limit: float) -> tuple[Floats | None, Stage]:
    highs = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", threads),
        ("mip_rel_gap", GAP),
        ("time_limit", max(limit, 0.0)),
    ):
        highs.setOptionValue(option, value)
    highs.passModel(_linear(program, cost))
    highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    ended = status == highspy.HighsModelStatus.kOptimal
    bound = None if math.isinf(info.mip_dual_bound) else math.floor(info.mip_dual_bound + 1e-6)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None, Stage(None, bound, ended)
    value = round(info.objective_function_value)
    return np.asarray(highs.getSolution().col_value), Stage(value, bound, ended)


def _linear(program: Program, cost: Floats) -> highspy.HighsLp:
    width = len(program.least)
    linear = highspy.HighsLp()
    linear.num_col_, linear.num_row_ = width, len(program.limits)
    linear.sense_ = highspy.ObjSense.kMaximize
    linear.col_cost_, linear.col_lower_, linear.col_upper_ = cost, program.least, np.ones(width)
    linear.integrality_ = [highspy.HighsVarType.kInteger] * width
    linear.row_lower_ = np.full(len(program.limits), -highspy.kHighsInf)
    linear.row_upper_ = np.array(program.limits, float)
    linear.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    linear.a_matrix_.start_ = np.array(program.starts, np.int32)
    linear.a_matrix_.index_ = np.array(program.columns, np.int32)
    linear.a_matrix_.value_ = np.array(program.factors, float)
    return linear
