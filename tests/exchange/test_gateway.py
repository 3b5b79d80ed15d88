"""Rows become a pool, a plan becomes rows."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from exchange import gateway
from exchange.enums import DayUse, FixtureState, RequestState
from exchange.matching import types as engine
from exchange.matching.check import check_pool
from exchange.matching.quality import quality
from exchange.matching.verify import violations
from exchange.models import FixtureRequest, ForbiddenPair, PlannedFixture
from tests.factories import (
    FixtureFactory,
    FixtureRequestFactory,
    MatchRunFactory,
    SeasonFactory,
    TeamFactory,
    VenueFactory,
)

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
MARCH = [date(2027, 3, 6), date(2027, 3, 13), date(2027, 3, 20)]

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    return SeasonFactory()


def pool_at(season, now: datetime = NOW) -> engine.Pool:
    pool = gateway.load_pool(season, now=now)
    check_pool(pool)
    return pool


def of(pool: engine.Pool, request) -> engine.Request:
    return next(row for row in pool.requests if row.id == str(request.pk))


def test_a_request_is_told_as_it_stands(season):
    rival = TeamFactory()
    row = FixtureRequestFactory(
        season=season, wanted=2, min_rest_days=3, max_distance_km=250, max_rating_gap=200,
        created_at=NOW - timedelta(days=12, hours=5), team__home_venue__lat=53.5, team__home_venue__lon=27.5,
        days={MARCH[0]: DayUse.HOST, MARCH[1]: DayUse.TRAVEL, MARCH[2]: DayUse.BOTH},
    )  # fmt: skip
    row.avoid.add(rival)
    row.prefer.add(row.team)
    team = row.team
    assert pool_at(season).requests == (
        engine.Request(
            id=str(row.pk), team=str(team.pk), club=str(team.club_id), university=team.club.university.ror,
            country="BY", sport="BKB", category="M", rating=1500, rating_deviation=80, lat=53.5, lon=27.5,
            host_dates=(MARCH[0], MARCH[2]), travel_dates=(MARCH[1], MARCH[2]), wanted=2, min_rest_days=3,
            max_distance_km=250, max_rating_gap=200, venue=str(team.home_venue_id),
            avoid=frozenset({str(rival.pk)}), prefer=frozenset({str(team.pk)}), waiting_days=12,
        ),
    )  # fmt: skip


def test_without_a_home_venue_the_university_is_the_place(season):
    row = FixtureRequestFactory(season=season, team__home_venue=None, team__club__university__lat=10.0)
    told = of(pool_at(season), row)
    assert (told.venue, told.lat) == (None, 10.0)
    assert pool_at(season).venues == ()
    with_venue = FixtureRequestFactory(season=season)
    assert [venue.id for venue in pool_at(season).venues] == [str(with_venue.team.home_venue_id)]


def test_days_outside_the_season_or_too_near_are_left_out(season):
    days = [date(2027, 1, 31), date(2027, 2, 12), date(2027, 2, 13), date(2027, 6, 30), date(2027, 7, 1)]
    row = FixtureRequestFactory(season=season, days=dict.fromkeys(days, DayUse.BOTH))
    assert of(pool_at(season), row).host_dates == (date(2027, 2, 13), date(2027, 6, 30))


def test_other_seasons_and_withdrawn_requests_are_not_there(season):
    FixtureRequestFactory(season=SeasonFactory(name="Autumn"))
    FixtureRequestFactory(season=season, state=RequestState.WITHDRAWN)
    assert pool_at(season).requests == ()


def test_live_fixtures_are_fixed_and_others_are_gone(season):
    stands = FixtureFactory(season=season, state=FixtureState.CONFIRMED)
    FixtureFactory(season=season, state=FixtureState.DECLINED)
    pool = pool_at(season)
    assert pool.fixed == (
        engine.FixedFixture(str(stands.host_request_id), str(stands.guest_request_id), date(2027, 3, 6)),
    )
    assert len(pool.requests) == 4


def test_a_withdrawn_request_keeps_what_stands_and_gets_nothing_new(season):
    fixture = FixtureFactory(
        season=season, host_request__state=RequestState.WITHDRAWN, host_request__wanted=5
    )
    told = of(pool_at(season), fixture.host_request)
    assert (told.host_dates, told.travel_dates, told.wanted) == ((), (), 1)


def test_fewer_wanted_than_already_stand_is_no_fault(season):
    fixture = FixtureFactory(season=season, host_request__wanted=1)
    FixtureFactory(season=season, host_request=fixture.host_request, date=MARCH[1])
    assert of(pool_at(season), fixture.host_request).wanted == 2


def test_rest_days_raised_afterwards_bind_only_what_is_new(season):
    days = {date(2027, 3, day): DayUse.BOTH for day in (6, 9, 11, 13, 14, 15)}
    fixture = FixtureFactory(season=season, host_request__wanted=9, host_request__days=days)
    FixtureFactory(season=season, host_request=fixture.host_request, date=date(2027, 3, 9))
    fixture.host_request.min_rest_days = 4
    fixture.host_request.save()
    told = of(pool_at(season), fixture.host_request)
    assert (told.min_rest_days, told.wanted) == (2, 3)
    assert told.host_dates == (date(2027, 3, 14), date(2027, 3, 15))


def test_a_team_that_plays_in_another_season_is_not_free_then(season):
    row = FixtureRequestFactory(
        season=season, min_rest_days=1, days={date(2027, 3, d): DayUse.BOTH for d in range(4, 9)}
    )
    other = SeasonFactory(name="Spring cup", starts=date(2027, 3, 1), ends=date(2027, 3, 31))
    elsewhere = FixtureRequestFactory(season=other, team=row.team)
    FixtureFactory(season=other, host_request=elsewhere, date=date(2027, 3, 6))
    assert of(pool_at(season), row).travel_dates == (date(2027, 3, 4), date(2027, 3, 8))


def test_a_venue_taken_by_another_season_is_given_to_the_longest_waiting(season):
    venue = VenueFactory(capacity=2)
    club = TeamFactory(club__university=venue.university).club
    asked = [
        FixtureRequestFactory(
            season=season, team=TeamFactory(club=club, home_venue=venue), created_at=NOW - timedelta(n)
        )
        for n in (1, 9, 5)
    ]
    other = SeasonFactory(name="Spring cup")
    guest = FixtureRequestFactory(season=other, team=TeamFactory(club=club, home_venue=venue))
    FixtureFactory(season=other, host_request=guest, date=MARCH[1])
    pool = pool_at(season)
    assert [MARCH[1] in of(pool, row).host_dates for row in asked] == [False, True, False]
    assert all(of(pool, row).travel_dates == tuple(MARCH) for row in asked)
    assert pool.venues == (engine.Venue(str(venue.pk), 2),)


def test_a_capacity_lowered_afterwards_closes_days_and_bends_no_rule(season):
    venue = VenueFactory(capacity=2)
    club = TeamFactory(club__university=venue.university).club
    asked = [
        FixtureRequestFactory(
            season=season, team=TeamFactory(club=club, home_venue=venue), created_at=NOW - timedelta(n)
        )
        for n in (9, 5)
    ]
    for place, row in enumerate(asked, start=1):
        FixtureFactory(season=season, host_request=row, date=MARCH[0], held=place)
    venue.capacity = 1
    venue.save()
    pool = pool_at(season)
    assert engine.Venue(str(venue.pk), 2) in pool.venues
    assert [of(pool, row).host_dates for row in asked] == [(MARCH[1], MARCH[2]), ()]


def test_who_said_no_is_forbidden(season):
    a, b = FixtureRequestFactory(season=season), FixtureRequestFactory(season=season)
    ForbiddenPair.objects.create(season=season, first=a.team, second=b.team)
    ForbiddenPair.objects.create(season=season, first=a.team, second=TeamFactory())
    assert pool_at(season).forbidden == {frozenset({str(a.pk), str(b.pk)})}


@pytest.mark.parametrize("count", [1, 12])
def test_a_pool_costs_the_same_queries(season, count, django_assert_num_queries):
    for n in range(count):
        row = FixtureFactory(season=season, date=date(2027, 3, 1) + timedelta(n)).host_request
        row.avoid.add(TeamFactory())
    with django_assert_num_queries(9 + 2):  # and a savepoint, opened and released
        gateway.load_pool(season, now=NOW)


def test_a_snapshot_is_the_same_bytes_for_the_same_rows(season):
    FixtureFactory(season=season)
    FixtureRequest.objects.update(created_at=NOW)
    packed, told = gateway.snapshot(pool_at(season))
    assert (packed, told) == gateway.snapshot(pool_at(season, NOW + timedelta(hours=1)))
    assert told == hashlib.sha256(gzip.decompress(packed)).hexdigest()
    assert json.loads(gzip.decompress(packed))["format"] == "exchange-pool/1"
    later = gateway.snapshot(pool_at(season, NOW + timedelta(days=1)))
    assert later[1] != told


def plan_for(pool: engine.Pool, *pairs: tuple[object, object, date]) -> engine.Plan:
    requests = {row.id: row for row in pool.requests}
    fixtures = tuple(
        engine.Fixture(str(a.pk), str(b.pk), day, quality(requests[str(a.pk)], requests[str(b.pk)]))
        for a, b, day in pairs
    )
    played = {side for f in fixtures for side in (f.host, f.guest)}
    value = engine.Objective(
        len(played), sum(requests[pk].waiting_days for pk in played), sum(f.quality for f in fixtures)
    )
    reason = engine.Reason("no_category", {"sport": "BKB", "category": "M"})
    idle = tuple(engine.Unserved(pk, reason, None) for pk in requests if pk not in played)
    return engine.Plan(fixtures, value, value, idle)


def staged(season, *pairs):
    pool = pool_at(season)
    plan = plan_for(pool, *pairs)
    run = MatchRunFactory(season=season, pool=gateway.snapshot(pool)[0])
    for name, value, bound in zip(
        ("served", "waiting_days", "quality"), plan.objective, plan.bound, strict=True
    ):
        setattr(run, name, value)
        setattr(run, f"{name}_bound", bound)
    run.save()
    gateway.stage(run, plan, pool)
    return run, pool, plan


def test_a_plan_survives_the_way_into_the_database_and_back(season):
    stands = FixtureFactory(season=season)
    a, b, c = (FixtureRequestFactory(season=season) for _ in range(3))
    run, pool, plan = staged(season, (stands.host_request, stands.guest_request, MARCH[0]), (a, b, MARCH[1]))
    assert gateway.pool_of(run) == pool
    assert gateway.plan_of(run) == plan
    assert list(violations(gateway.pool_of(run), gateway.plan_of(run))) == []
    assert list(run.planned.values_list("fixed", flat=True)) == [True, False]
    new = run.planned.get(fixed=False)
    assert [term["name"] for term in new.terms] == ["strength", "distance", "prefer"]
    assert round(sum(term["points"] for term in new.terms)) == new.quality
    assert new.distance_km == 0
    idle = run.unserved.get()
    assert (idle.request, idle.reason["code"], idle.advice) == (c, "no_category", None)


def test_staging_again_replaces(season):
    a, b = FixtureRequestFactory(season=season), FixtureRequestFactory(season=season)
    run, pool, plan = staged(season, (a, b, MARCH[1]))
    gateway.stage(run, plan, pool)
    assert run.planned.count() == 1


def test_what_was_planned_may_not_hold_any_more(season):
    a, b, c = (FixtureRequestFactory(season=season) for _ in range(3))
    run, _, _ = staged(season, (a, b, MARCH[1]))
    planned = list(run.planned.all())

    assert gateway.objections(pool_at(season), planned) == []
    FixtureRequestFactory(season=season)
    assert gateway.objections(pool_at(season), planned) == []

    FixtureFactory(season=season, host_request=c, guest_request=b, date=MARCH[2])
    assert any(
        f"{b.pk} plays 2 fixtures, wanted 1" in sentence
        for sentence in gateway.objections(pool_at(season), planned)
    )
    FixtureRequest.objects.filter(pk=a.pk).update(state=RequestState.WITHDRAWN)
    assert gateway.objections(pool_at(season), planned) == [f"request {a.pk} is not open any more"]


def test_many_rows_are_written_in_few_queries(season, django_assert_max_num_queries):
    rows = [FixtureRequestFactory(season=season) for _ in range(40)]
    pairs = [(a, b, MARCH[0]) for a, b in zip(rows[::2], rows[1::2], strict=True)]
    run, pool, plan = staged(season, *pairs)
    with django_assert_max_num_queries(8):
        gateway.stage(run, plan, pool)
    assert PlannedFixture.objects.count() == 20
