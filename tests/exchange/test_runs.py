"""A run on its way: queued, computed once, checked, swept on when somebody died over it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError

from exchange import gateway, matching, words
from exchange.actions import runs
from exchange.actions.runs import UnableToStartRun, compute_run, pair_nightly, start_run, sweep_runs
from exchange.actions.runs import compute as computing
from exchange.actions.runs.lease import LEASE, Lease, LeaseLost, lease_of_run
from exchange.enums import RequestState, RunState, RunTrigger
from exchange.models import Fixture, FixtureRequest, MatchRun, PlannedFixture
from portal.clock import Clock
from tests.factories import FixtureRequestFactory, MatchRunFactory, SeasonFactory, UserFactory

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def hints(monkeypatch):
    """Messages that would have been sent."""
    sent: list[tuple[str, int]] = []
    for module in (runs.start, runs.sweep, runs.components):
        monkeypatch.setattr(module, "enqueue", lambda task, **ids: sent.append((task, *ids.values())))
    return sent


@pytest.fixture
def season(hints):
    return SeasonFactory(publishes_itself=False)


@pytest.fixture
def pair(season):
    return FixtureRequestFactory.create_batch(2, season=season, created_at=NOW - timedelta(days=3))


def start(season, **facts) -> MatchRun:
    return start_run(season=season, **{"trigger": RunTrigger.BUTTON, "by": None, "now": NOW} | facts)


def computed(season, **facts) -> MatchRun:
    run = start(season, **facts)
    compute_run(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    return run


# -- starting --------------------------------------------------------------------------------------


def test_a_started_run_waits_for_a_worker(season, pair, hints):
    person = UserFactory()
    run = start(season, by=person)
    assert (run.state, run.trigger, run.asked_by, run.created_at) == ("queued", "button", person, NOW)
    assert hints == [("exchange.compute_run", run.pk)]


@pytest.mark.parametrize("state", [RunState.QUEUED, RunState.COMPUTING, RunState.STAGED])
def test_a_season_has_one_run_at_a_time(season, pair, state):
    MatchRunFactory(season=season, state=state, created_at=NOW - timedelta(minutes=5))
    with pytest.raises(UnableToStartRun, match=r"already on its way: .*10 February 2027, 11:55 \(UTC\)"):
        start(season)
    assert MatchRun.objects.count() == 1


def test_two_seasons_run_side_by_side(season, pair):
    other = SeasonFactory(name="Autumn")
    FixtureRequestFactory(season=other)
    assert start(season).pk != start(other).pk


def test_nothing_is_run_where_nobody_asks(season):
    FixtureRequestFactory(season=season, state=RequestState.WITHDRAWN)
    with pytest.raises(UnableToStartRun, match="Nobody asks"):
        start(season)


def test_a_season_without_days_left_is_over(season, pair):
    with pytest.raises(UnableToStartRun, match="is over"):
        start(season, now=datetime(2027, 6, 28, tzinfo=UTC))


def test_the_night_runs_each_season_in_which_somebody_asks(season, pair):
    busy, quiet = SeasonFactory(name="Busy"), SeasonFactory(name="Quiet")
    past = SeasonFactory(name="Past", starts=date(2026, 9, 1), ends=date(2026, 12, 1))
    for one in (busy, past):
        FixtureRequestFactory(season=one)
    MatchRunFactory(season=busy, state=RunState.COMPUTING)
    assert [run.season for run in pair_nightly(now=NOW)] == [season]
    assert not quiet.runs.exists()


# -- computing -------------------------------------------------------------------------------------


def test_a_run_is_computed_checked_and_waits_for_approval(season, pair):
    FixtureRequestFactory(season=season, team__sport="HBL")
    run = computed(season)
    assert (run.state, run.failure, run.attempts, run.requests) == ("verified", "", 1, 3)
    assert (run.served, run.waiting_days) == (2, 6)
    assert (run.served, run.waiting_days, run.quality) == (
        run.served_bound,
        run.waiting_days_bound,
        run.quality_bound,
    )
    assert run.finished_at >= NOW
    assert run.lease_until is None
    planned = run.planned.get()
    assert {planned.host, planned.guest} == set(pair)
    assert run.unserved.count() == 1
    assert run.progress["stage"] == "candidates"
    assert not Fixture.objects.exists()
    assert gateway.snapshot(gateway.pool_of(run))[1] == run.pool_hash


def test_a_season_that_publishes_itself_does(season, pair):
    season.publishes_itself = True
    season.save()
    run = computed(season)
    assert run.state == RunState.PUBLISHED
    assert Fixture.objects.get().run == run


def test_everybody_gone_is_an_empty_plan(season, pair):
    run = start(season)
    FixtureRequest.objects.update(state=RequestState.WITHDRAWN)
    compute_run(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    assert (run.state, run.requests, run.served, run.quality) == (RunState.VERIFIED, 0, 0, 0)


def test_a_message_that_comes_twice_computes_once(season, pair, monkeypatch):
    run = computed(season)
    monkeypatch.setattr(computing.matching, "solve", lambda *args, **kwargs: pytest.fail("computed again"))
    compute_run(run_id=run.pk, now=NOW)
    compute_run(run_id=123456, now=NOW)
    run.refresh_from_db()
    assert (run.state, run.attempts) == (RunState.VERIFIED, 1)


def test_a_faulty_engine_fails_the_run_with_a_sentence(season, pair, monkeypatch, caplog):
    def solve(pool, **told):
        raise ZeroDivisionError("the engine's own fault")

    monkeypatch.setattr(matching, "solve", solve)
    run = computed(season)
    assert (run.state, run.failure) == (RunState.FAILED, words.ENGINE_FAILED)
    assert "ZeroDivisionError" in caplog.text
    assert start(season).state == RunState.QUEUED


def test_the_engine_has_the_configured_budget(season, pair, monkeypatch, settings):
    settings.MATCHING_BUDGET = 7
    told = {}
    solve = matching.solve
    monkeypatch.setattr(matching, "solve", lambda pool, **facts: told.update(facts) or solve(pool, **facts))
    computed(season)
    assert told["budget"] == 7


def tampered(plan: matching.Plan, how: str) -> matching.Plan:
    (fixture,) = plan.fixtures
    changes = {
        "a day nobody offered": {
            "fixtures": (matching.Fixture(fixture.host, fixture.guest, date(2027, 3, 7), fixture.quality),)
        },
        "a wrong quality": {"fixtures": (matching.Fixture(fixture.host, fixture.guest, fixture.date, 1),)},
        "a wrong figure": {"objective": plan.objective._replace(served=3)},
        "a bound below": {"bound": plan.bound._replace(quality=1)},
        "somebody forgotten": {"unserved": ()},
    }[how]
    return matching.Plan(
        **{name: getattr(plan, name) for name in ("fixtures", "objective", "bound", "unserved")} | changes
    )


@pytest.mark.parametrize(
    "how",
    ["a day nobody offered", "a wrong quality", "a wrong figure", "a bound below", "somebody forgotten"],
)
def test_a_plan_that_breaks_a_rule_is_never_published(season, pair, monkeypatch, how, caplog):
    FixtureRequestFactory(season=season, team__sport="HBL")
    season.publishes_itself = True
    season.save()
    solve = matching.solve
    monkeypatch.setattr(matching, "solve", lambda pool, **facts: tampered(solve(pool, **facts), how))
    run = computed(season)
    assert (run.state, run.failure) == (RunState.FAILED, words.PLAN_BROKEN)
    assert "does not hold" in caplog.text
    assert not Fixture.objects.exists()


def test_what_the_database_holds_is_checked_not_what_was_in_memory(season, pair):
    run = computed(season)
    MatchRun.objects.filter(pk=run.pk).update(state=RunState.STAGED, lease_until=NOW)
    PlannedFixture.objects.update(date=date(2027, 3, 7))
    sweep_runs(now=NOW)
    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.FAILED, words.PLAN_BROKEN)


def test_a_snapshot_that_cannot_be_read_fails_the_run(season, pair):
    run = computed(season)
    MatchRun.objects.filter(pk=run.pk).update(state=RunState.STAGED, lease_until=NOW, pool=b"rubbish")
    sweep_runs(now=NOW)
    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.FAILED, words.PLAN_BROKEN)


# -- the lease -------------------------------------------------------------------------------------


def progress(seconds: float) -> matching.Progress:
    value = matching.Objective(2, 6, 900)
    return matching.Progress("optimum", value, value._replace(quality=950), 1, 3, seconds)


class Seconds:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.passed = 0.0

    def seconds(self) -> float:
        return self.passed

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.passed)


def test_progress_is_written_once_a_second_and_draws_out_the_lease(season, pair, django_assert_num_queries):
    clock = Seconds()
    lease = lease_of_run(start(season).pk, clock)
    assert lease.take()
    with django_assert_num_queries(3):
        for tenth in range(21):
            clock.passed = tenth / 10
            lease.note(progress(clock.passed))
    run = MatchRun.objects.get()
    assert run.lease_until == NOW + timedelta(seconds=2) + LEASE
    assert run.progress == {
        "stage": "optimum",
        "done": 1,
        "total": 3,
        "seconds": 2.0,
        "objective": {"served": 2, "waiting_days": 6, "quality": 900},
        "bound": {"served": 2, "waiting_days": 6, "quality": 950},
    }
    assert json.dumps(run.progress)


def test_one_worker_takes_a_run(season, pair):
    run = start(season)
    first, second = lease_of_run(run.pk, Clock(NOW)), lease_of_run(run.pk, Clock(NOW))
    assert (first.take(), second.take()) == (True, False)


def test_who_has_lost_the_lease_writes_nothing(season, pair):
    lease = lease_of_run(start(season).pk, Clock(NOW))
    lease.take()
    MatchRun.objects.update(lease_token=uuid4())
    with pytest.raises(LeaseLost):
        lease.note(progress(1))
    assert MatchRun.objects.get().progress == {}


def test_a_worker_that_lost_its_lease_stops_at_once(season, pair, monkeypatch, caplog):
    solve, asked = matching.solve, []

    def slow(pool, *, on_progress, **facts):
        def listen(told):
            asked.append(told)
            MatchRun.objects.update(lease_token=uuid4())
            on_progress(told)

        return solve(pool, on_progress=listen, **facts)

    monkeypatch.setattr(matching, "solve", slow)
    run = computed(season)
    assert len(asked) == 1
    assert (run.state, run.served, run.planned.count()) == (RunState.COMPUTING, None, 0)
    assert "was taken from this worker" in caplog.text


def test_a_worker_that_lost_its_lease_at_the_end_stages_nothing(season, pair, monkeypatch):
    solve = matching.solve

    def stolen(pool, **facts):
        plan = solve(pool, **facts)
        MatchRun.objects.update(state=RunState.QUEUED, lease_token=None)
        return plan

    monkeypatch.setattr(matching, "solve", stolen)
    run = computed(season)
    assert (run.state, run.planned.count()) == (RunState.QUEUED, 0)


@pytest.mark.django_db(transaction=True)
def test_a_database_away_for_a_moment_does_not_end_the_run(season, pair, monkeypatch, caplog):
    lease = lease_of_run(start(season).pk, Clock(NOW))
    lease.take()

    def away(self, **facts):
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as patch:
        patch.setattr(Lease, "write", away)
        lease.note(progress(1))
    assert "was not written" in caplog.text
    lease.write(progress={"stage": "optimum"})


# -- sweeping --------------------------------------------------------------------------------------


def test_a_lost_message_is_sent_again(season, pair, hints):
    run = start(season)
    hints.clear()
    sweep_runs(now=NOW + timedelta(seconds=9))
    assert hints == []
    sweep_runs(now=NOW + timedelta(seconds=10))
    assert hints == [("exchange.compute_run", run.pk)]


def test_a_dead_worker_gives_its_run_back_three_times(season, pair, hints):
    run, now = start(season), NOW
    for attempt in (1, 2, 3):
        assert lease_of_run(run.pk, Clock(now)).take()
        hints.clear()
        sweep_runs(now=now + LEASE - timedelta(seconds=1))
        run.refresh_from_db()
        assert (run.state, run.attempts) == (RunState.COMPUTING, attempt)
        now += LEASE + timedelta(seconds=1)
        sweep_runs(now=now)
        run.refresh_from_db()
        if attempt < 3:
            assert (run.state, run.lease_token) == (RunState.QUEUED, None)
            assert ("exchange.compute_run", run.pk) in hints
    assert (run.state, run.failure, hints) == (RunState.FAILED, words.WORKERS_DIED, [])


def test_a_run_whose_worker_died_between_staging_and_checking_goes_on(season, pair):
    run = computed(season)
    MatchRun.objects.filter(pk=run.pk).update(state=RunState.STAGED, lease_until=NOW + LEASE)
    sweep_runs(now=NOW)
    run.refresh_from_db()
    assert run.state == RunState.STAGED
    sweep_runs(now=NOW + LEASE)
    run.refresh_from_db()
    assert run.state == RunState.VERIFIED


def test_a_verified_run_is_published_by_the_sweep_only_where_the_season_says_so(season, pair):
    run = computed(season)
    sweep_runs(now=NOW)
    run.refresh_from_db()
    assert run.state == RunState.VERIFIED
    season.publishes_itself = True
    season.save()
    sweep_runs(now=NOW)
    run.refresh_from_db()
    assert run.state == RunState.PUBLISHED


def test_one_bad_run_does_not_hold_up_the_others(season, pair, monkeypatch, caplog):
    other = SeasonFactory(name="Autumn")
    FixtureRequestFactory(season=other)
    good, bad = start(season), start(other, now=NOW + timedelta(seconds=1))

    def hint(task, run_id):
        if run_id == bad.pk:
            raise RuntimeError("boom")
        sent.append(run_id)

    sent: list[int] = []
    monkeypatch.setattr(runs.sweep, "enqueue", hint)
    sweep_runs(now=NOW + timedelta(minutes=1))
    assert sent == [good.pk]
    assert f"run {bad.pk} could not be swept" in caplog.text
