"""The one translator between database rows and the engine's values. Ids are primary keys written as text."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from operator import attrgetter

from exchange import matching
from exchange.engine_sides import bare_side
from exchange.enums import HOST_USES, TRAVEL_USES, RequestState
from exchange.models import FixtureRequest, MatchRun, PlannedFixture, RunComponent, Season, UnservedRequest
from exchange.queries.occupancy import VenueDay
from exchange.queries.season_rows import SeasonRows, read_season
from exchange.term_rows import Owed, owed_among, stored_terms

#: The first day on which a new fixture may lie, counted from the run: clubs must have time to answer.
NOTICE_DAYS = 3
#: Rows written at once.
BATCH = 500

#: (request, day): days on which a request may not host, though it offered to.
Closed = set[tuple[int, date]]


def earliest_day(now: datetime) -> date:
    return now.date() + timedelta(days=NOTICE_DAYS)


def load_pool(season: Season, *, now: datetime) -> matching.Pool:
    """All requests open at `now`, with what already stands, as plain engine values (9 queries).

    The format cannot say all that rows can: rest days or a capacity changed since, a venue partly taken by
    another season, a team that plays elsewhere. There, days are closed; no rule is bent.
    """
    rows = read_season(season, earliest=earliest_day(now))
    hosted = _hosted(rows)
    venues = [request.team.home_venue for request in rows.requests if request.team.home_venue]
    capacity = {venue.pk: venue.capacity for venue in sorted(venues, key=attrgetter("pk"))}
    told = {pk: max([places, *hosted.get(pk, Counter()).values()]) for pk, places in capacity.items()}
    closed = _closed(rows, hosted, capacity, told)
    return matching.Pool(
        season=matching.Season(rows.first, rows.last),
        venues=tuple(matching.Venue(str(pk), places) for pk, places in told.items()),
        requests=tuple(_request(rows, request, closed, now) for request in rows.requests),
        fixed=tuple(matching.FixedFixture(str(f.host), str(f.guest), f.date) for f in rows.standing),
        forbidden=_forbidden(rows),
    )


def _hosted(rows: SeasonRows) -> dict[int, Counter[date]]:
    """Fixtures by venue and day as the engine charges them: to the place where the host plays today."""
    venue = {request.pk: request.team.home_venue_id for request in rows.requests}
    hosted: defaultdict[int, Counter[date]] = defaultdict(Counter)
    for fixture in rows.standing:
        if (place := venue[fixture.host]) is not None:
            hosted[place][fixture.date] += 1
    return hosted


def _closed(
    rows: SeasonRows, hosted: dict[int, Counter[date]], capacity: dict[int, int], told: dict[int, int]
) -> Closed:
    """Where fewer places are free than the engine is told, those who have waited longest keep the day."""
    wishes: defaultdict[VenueDay, list[int]] = defaultdict(list)
    for request in sorted(rows.requests, key=lambda row: (row.created_at, row.pk)):
        if (venue := request.team.home_venue_id) is not None:
            for day, use in rows.days.get(request.pk, {}).items():
                if use in HOST_USES:
                    wishes[venue, day].append(request.pk)
    closed: Closed = set()
    for (venue, day), hosts in wishes.items():
        free = capacity[venue] - len(rows.taken.places.get((venue, day), ()))
        if free < told[venue] - hosted.get(venue, Counter())[day]:
            closed.update((pk, day) for pk in hosts[max(0, free) :])
    return closed


def _request(rows: SeasonRows, request: FixtureRequest, closed: Closed, now: datetime) -> matching.Request:
    rest, wanted = _rest_and_wanted(rows, request)
    days = {day: use for day, use in rows.days.get(request.pk, {}).items() if _is_free(rows, request, day)}
    return replace(
        bare_side(request, now=now),
        host_dates=tuple(d for d, use in days.items() if use in HOST_USES and (request.pk, d) not in closed),
        travel_dates=tuple(d for d, use in days.items() if use in TRAVEL_USES),
        wanted=wanted,
        min_rest_days=rest,
        avoid=frozenset(map(str, rows.avoid.get(request.pk, ()))),
        prefer=frozenset(map(str, rows.prefer.get(request.pk, set()) | rows.returns.get(request.pk, set()))),
    )


def _rest_and_wanted(rows: SeasonRows, request: FixtureRequest) -> tuple[int, int]:
    """Rest days and fixtures that what stands agrees with.

    Where it lies closer than the request now asks, the engine is told of less rest, but may add one fixture
    only: `_is_free` keeps that one at the full distance from what stands.
    """
    played = rows.played.get(request.pk, [])
    asked = request.wanted - rows.postponed[request.pk] if request.state == RequestState.OPEN else 1
    wanted = max(len(played), asked)
    gaps = [(after - before).days - 1 for before, after in pairwise(played)]
    closest = min(gaps, default=request.min_rest_days)
    if closest < request.min_rest_days:
        return closest, min(wanted, len(played) + 1)
    return request.min_rest_days, wanted


def _is_free(rows: SeasonRows, request: FixtureRequest, day: date) -> bool:
    """Whether `day` is rested enough from what stands, in this season and in others."""
    stands = rows.taken.teams.get(request.team_id, ())
    return all(abs((day - other).days) > request.min_rest_days for other in stands)


def _forbidden(rows: SeasonRows) -> frozenset[frozenset[str]]:
    request = {row.team_id: str(row.pk) for row in rows.requests}
    return frozenset(
        frozenset((request[first], request[second]))
        for first, second in rows.forbidden
        if first in request and second in request
    )


def snapshot(pool: matching.Pool) -> tuple[bytes, str]:
    """The pool as gzipped exchange-pool/1, and the SHA-256 of its content: the same pool, the same bytes."""
    content = _content(matching.pool_document(pool))
    return gzip.compress(content, mtime=0), hashlib.sha256(content).hexdigest()


def _content(document: dict[str, object]) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


def pool_of(run: MatchRun | RunComponent) -> matching.Pool:
    """The pool that a run, or a component of one, was made from, as its snapshot keeps it."""
    return matching.pool_from_document(json.loads(gzip.decompress(run.pool)))


def packed_plan(plan: matching.Plan) -> bytes:
    """A component's plan as gzipped exchange-plan/1, without reasons for the unserved: these look at all of
    the pool, so joining gives them anew."""
    return gzip.compress(_content(matching.plan_document(replace(plan, unserved=()))), mtime=0)


def plan_of_component(component: RunComponent) -> matching.Plan:
    return matching.plan_from_document(json.loads(gzip.decompress(component.plan)))


def stage(
    run: MatchRun, plan: matching.Plan, pool: matching.Pool, blocking: matching.Blocking | None = None
) -> None:
    """Writes the plan down; what an earlier attempt of this run left is replaced.

    `blocking` are the pairs that block the plan, counted before: that looks at all possible fixtures, which
    is too long for the transaction this is called in.
    """
    run.planned.all().delete()
    run.unserved.all().delete()
    requests = {request.id: request for request in pool.requests}
    fixed = {(f.host, f.guest, f.date) for f in pool.fixed}
    owed = owed_among((requests[f.host], requests[f.guest]) for f in plan.fixtures)
    PlannedFixture.objects.bulk_create(
        (
            _planned(
                run,
                f,
                requests[f.host],
                requests[f.guest],
                stands=(f.host, f.guest, f.date) in fixed,
                alternatives=plan.alternatives.get((f.host, f.guest, f.date)),
                owed=owed,
            )
            for f in plan.fixtures
        ),
        batch_size=BATCH,
    )
    UnservedRequest.objects.bulk_create((_unserved(run, row) for row in plan.unserved), batch_size=BATCH)
    run.report["fairness"] = matching.fairness_document(matching.fairness(pool, plan))
    if blocking is not None:
        run.report["blocking"] = matching.blocking_document(blocking)
    run.save(update_fields=["report"])


def _planned(
    run: MatchRun,
    fixture: matching.Fixture,
    host: matching.Request,
    guest: matching.Request,
    *,
    stands: bool,
    alternatives: matching.Alternatives | None,
    owed: Owed,
) -> PlannedFixture:
    worth = matching.terms(host, guest)
    return PlannedFixture(
        run=run,
        host_id=int(fixture.host),
        guest_id=int(fixture.guest),
        date=fixture.date,
        quality=fixture.quality,
        terms=stored_terms(worth, host, guest, owed),
        distance_km=next(term.params["km"] for term in worth if term.name == "distance"),
        alternatives={
            side: [matching.alternative_document(other) for other in others]
            for side, others in zip(("host", "guest"), alternatives or (), strict=False)
        },
        fixed=stands,
    )


def _unserved(run: MatchRun, row: matching.Unserved) -> UnservedRequest:
    advice = None if row.advice is None else _told(row.advice)
    return UnservedRequest(run=run, request_id=int(row.request), reason=_told(row.reason), advice=advice)


def _told(reason: matching.Reason) -> dict[str, object]:
    return {"code": reason.code, "params": dict(reason.params)}


def plan_of(run: MatchRun) -> matching.Plan:
    """The plan as it stands in the database: figures of the run, rows beside it."""
    rows = run.planned.values_list("host", "guest", "date", "quality")
    return matching.Plan(
        fixtures=tuple(matching.Fixture(str(host), str(guest), *rest) for host, guest, *rest in rows),
        objective=matching.Objective(run.served, run.waiting_days, run.quality),
        bound=matching.Objective(run.served_bound, run.waiting_days_bound, run.quality_bound),
        unserved=tuple(
            matching.Unserved(str(row.request_id), _reason(row.reason), row.advice and _reason(row.advice))
            for row in run.unserved.all()
        ),
    )


def _reason(stored: dict[str, object]) -> matching.Reason:
    return matching.Reason(stored["code"], stored["params"])


def objections(pool: matching.Pool, planned: list[PlannedFixture]) -> list[str]:
    """Why the new fixtures among `planned` cannot be added to what stands in `pool`; empty when they can."""
    requests = {request.id: request for request in pool.requests}
    stands = [(f.host, f.guest, f.date) for f in pool.fixed]
    new = [(str(row.host_id), str(row.guest_id), row.date) for row in planned if not row.fixed]
    gone = {side for host, guest, _ in new for side in (host, guest)} - requests.keys()
    if gone:
        return [f"request {request} is not open any more" for request in sorted(gone)]
    fixtures = tuple(
        matching.Fixture(host, guest, day, matching.quality(requests[host], requests[guest]))
        for host, guest, day in (*stands, *new)
    )
    return list(matching.violations(pool, _whole_plan(pool, fixtures)))


def _whole_plan(pool: matching.Pool, fixtures: tuple[matching.Fixture, ...]) -> matching.Plan:
    """A plan that claims no more than `fixtures` are worth."""
    played = {side for f in fixtures for side in (f.host, f.guest)}
    nothing = matching.Objective(0, 0, 0)
    reason = matching.Reason("")
    idle = tuple(matching.Unserved(row.id, reason, None) for row in pool.requests if row.id not in played)
    worth = matching.objective(pool, matching.Plan(fixtures, nothing, nothing))
    return matching.Plan(fixtures, worth, worth, idle)
