"""A large run in pieces: cut once, computed by anybody, joined once, whoever dies over it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from exchange import gateway, matching, words
from exchange.actions import runs
from exchange.actions.runs import compute as computing
from exchange.actions.runs import compute_component, compute_run, start_run, sweep_runs
from exchange.actions.runs.components import LEAST_SECONDS, join_once_done
from exchange.actions.runs.lease import LEASE, LeaseLost, lease_of_component
from exchange.enums import RequestState, RunState, RunTrigger
from exchange.models import FixtureRequest, MatchRun, RunComponent
from exchange.queries.run_pages import progress_of
from portal.clock import Clock
from tests.factories import FixtureRequestFactory, SeasonFactory

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
#: When a lease taken now is over.
LATER = LEASE + timedelta(seconds=10)
SPORTS = {"FBL": 4, "BKB": 3, "VVO": 2}

pytestmark = pytest.mark.django_db


@pytest.fixture
def hints(monkeypatch):
    """Messages that would have been sent."""
    sent: list[tuple] = []
    for module in (runs.start, runs.sweep, runs.components):
        monkeypatch.setattr(module, "enqueue", lambda task, **ids: sent.append((task, *ids.values())))
    return sent


@pytest.fixture
def season(hints, monkeypatch):
    """Three sports that share nothing: three components, of 4, 3 and 2 requests. Any pool counts as large."""
    monkeypatch.setattr(computing, "LEAST_REQUESTS", 0)
    monkeypatch.setattr(computing, "LEAST_WORK", 0)
    season = SeasonFactory(publishes_itself=False)
    for sport, count in SPORTS.items():
        FixtureRequestFactory.create_batch(
            count, season=season, team__sport=sport, created_at=NOW - timedelta(days=3)
        )
    FixtureRequestFactory(season=season, team__sport="HBL", created_at=NOW)
    return season


def started(season, **facts) -> MatchRun:
    return start_run(season=season, **{"trigger": RunTrigger.BUTTON, "by": None, "now": NOW} | facts)


def cut(season) -> MatchRun:
    run = started(season)
    compute_run(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    return run


def computed(season) -> MatchRun:
    run = cut(season)
    compute_component(run_id=run.pk, now=NOW)
    compute_run(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    return run


def plan_of(run: MatchRun) -> list[tuple]:
    return list(run.planned.order_by("pk").values_list("host", "guest", "date", "quality"))


def figures(run: MatchRun) -> list[int]:
    return [getattr(run, name + kind) for name in matching.Objective._fields for kind in ("", "_bound")]


# -- cutting ---------------------------------------------------------------------------------------


def test_a_large_run_is_cut_and_calls_workers_for_the_largest_first(season, hints):
    run = cut(season)
    assert (run.state, run.lease_token, run.lease_until) == (RunState.COMPUTING, None, None)
    assert [(row.number, row.state, row.parts) for row in run.components.all()] == [
        (0, "queued", 1),
        (1, "queued", 1),
        (2, "queued", 1),
    ]
    sizes = [len(gateway.pool_of(row).requests) for row in run.components.all()]
    assert sizes == [4, 3, 2]
    assert hints[1:] == [("exchange.compute_component", run.pk, number) for number in range(3)]


def test_a_small_run_is_not_cut(season, monkeypatch):
    for name, least in (("LEAST_REQUESTS", 11), ("LEAST_WORK", 10**6)):
        with monkeypatch.context() as patch:
            patch.setattr(computing, name, least)
            run = cut(season)
        assert (run.state, run.components.count()) == (RunState.VERIFIED, 0)


def test_a_pool_of_one_piece_is_not_cut(season):
    FixtureRequest.objects.exclude(team__sport="FBL").update(state=RequestState.WITHDRAWN)
    assert cut(season).state == RunState.VERIFIED


def test_a_worker_that_loses_its_lease_while_cutting_writes_no_component(season, monkeypatch):
    components = matching.components

    def stolen(pool):
        MatchRun.objects.update(lease_token=uuid4())
        return components(pool)

    monkeypatch.setattr(matching, "components", stolen)
    assert cut(season).components.count() == 0


# -- computing and joining -------------------------------------------------------------------------


def test_components_give_the_plan_that_the_whole_gives(season, monkeypatch):
    apart = computed(season)
    monkeypatch.setattr(computing, "LEAST_REQUESTS", 100)
    whole = cut(season)
    assert (apart.state, whole.state) == (RunState.VERIFIED, RunState.VERIFIED)
    assert figures(apart) == figures(whole)
    assert (apart.requests, apart.unserved.count()) == (10, whole.unserved.count())
    assert apart.finished_at is not None


def test_a_season_that_publishes_itself_does(season):
    season.publishes_itself = True
    season.save()
    assert computed(season).state == RunState.PUBLISHED


def test_messages_that_come_twice_compute_and_join_once(season, monkeypatch, hints):
    run = cut(season)
    compute_component(run_id=run.pk, now=NOW)
    assert hints.count(("exchange.compute_run", run.pk)) == 2
    with monkeypatch.context() as patch:
        patch.setattr(matching, "solve", lambda *args, **facts: pytest.fail("computed again"))
        compute_component(run_id=run.pk, now=NOW)
        compute_run(run_id=run.pk, now=NOW)
        plan = plan_of(run)
        compute_run(run_id=run.pk, now=NOW)
        compute_component(run_id=run.pk, now=NOW)
        compute_component(run_id=123456, now=NOW)
    run.refresh_from_db()
    assert (run.state, plan_of(run)) == (RunState.VERIFIED, plan)
    assert hints.count(("exchange.compute_run", run.pk)) == 2


def test_a_run_is_not_joined_before_its_last_component(season):
    run = cut(season)
    compute_component(run_id=run.pk, now=NOW)
    run.components.filter(number=1).update(state="computing")
    MatchRun.objects.update(state=RunState.COMPUTING)
    join_once_done(run_id=run.pk)
    run.refresh_from_db()
    assert run.state == RunState.COMPUTING


def test_a_component_has_its_share_of_the_budget_and_leaves_what_it_saves(season, monkeypatch, settings):
    settings.MATCHING_BUDGET = 1000
    told = []
    solve = matching.solve
    monkeypatch.setattr(matching, "solve", lambda pool, **facts: told.append(facts) or solve(pool, **facts))
    run = cut(season)
    work = list(run.components.values_list("work", flat=True))
    compute_component(run_id=run.pk, now=NOW)
    budgets = [facts["budget"] for facts in told]
    assert budgets[0] == pytest.approx(1000 * work[0] / sum(work))
    assert budgets[1] == pytest.approx(1000 * work[1] / (work[1] + work[2]), abs=5)
    assert budgets[2] == pytest.approx(1000, abs=5)


def test_a_component_that_is_being_computed_keeps_its_share(season, monkeypatch, settings):
    settings.MATCHING_BUDGET = 10
    run = cut(season)
    run.components.filter(number=0).update(state="computing", seconds=10)
    told = []
    solve = matching.solve
    monkeypatch.setattr(matching, "solve", lambda pool, **facts: told.append(facts) or solve(pool, **facts))
    compute_component(run_id=run.pk, now=NOW)
    assert [facts["budget"] for facts in told] == [LEAST_SECONDS, LEAST_SECONDS]


def test_a_faulty_engine_fails_the_run_and_stops_the_others(season, monkeypatch, caplog):
    def solve(pool, **told):
        raise ZeroDivisionError("the engine's own fault")

    run = cut(season)
    monkeypatch.setattr(matching, "solve", solve)
    compute_component(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.FAILED, words.ENGINE_FAILED)
    assert sorted(run.components.values_list("state", flat=True)) == ["computing", "queued", "queued"]
    assert "ZeroDivisionError" in caplog.text


# -- what is kept ----------------------------------------------------------------------------------


def test_what_is_proven_serves_the_next_run_of_the_season(season, monkeypatch):
    first = computed(season)
    assert {(row.pool, row.proven) for row in first.components.all()} == {(None, True)}
    FixtureRequestFactory(season=season, team__sport="VVO", created_at=NOW - timedelta(days=3))
    solved = []
    solve = matching.solve
    monkeypatch.setattr(matching, "solve", lambda pool, **facts: solved.append(pool) or solve(pool, **facts))
    second = computed(season)
    assert [{row.sport for row in pool.requests} for pool in solved] == [{"VVO"}]
    assert second.state == RunState.VERIFIED
    played = [
        sorted(run.planned.filter(host__team__sport="FBL").values_list("host", "guest", "date"))
        for run in (first, second)
    ]
    assert played[0] == played[1] != []
    assert set(RunComponent.objects.values_list("run", flat=True)) == {second.pk}


def test_a_run_whose_components_are_all_known_is_joined_at_once(season, hints):
    computed(season)
    hints.clear()
    run = cut(season)
    assert run.state == RunState.QUEUED
    assert hints == [("exchange.compute_run", run.pk)] * 2
    compute_run(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    assert run.state == RunState.VERIFIED


def test_what_is_not_proven_is_computed_again(season, monkeypatch):
    run = cut(season)
    compute_component(run_id=run.pk, now=NOW)
    run.components.update(proven=False)
    compute_run(run_id=run.pk, now=NOW)
    assert RunComponent.objects.count() == 0


# -- leases and sweeps -----------------------------------------------------------------------------


def test_two_workers_take_two_components(season):
    run = cut(season)
    taken = [runs.components._take(run.pk, Clock(NOW))[0].number for _ in range(3)]
    assert taken == [0, 1, 2]
    assert runs.components._take(run.pk, Clock(NOW)) is None


@pytest.mark.parametrize(
    "event",
    [
        lambda run: run.components.update(lease_token=uuid4()),
        lambda run: MatchRun.objects.update(state=RunState.FAILED),
        lambda run: MatchRun.objects.update(state=RunState.SUPERSEDED),
        lambda run: MatchRun.objects.update(lease_token=uuid4()),
    ],
    ids=["another worker", "failed", "superseded", "computed otherwise"],
)
def test_a_worker_that_lost_its_component_writes_nothing_of_it(season, monkeypatch, event, caplog):
    run = cut(season)
    solve = matching.solve

    def stolen(pool, **facts):
        plan = solve(pool, **facts)
        event(run)
        return plan

    monkeypatch.setattr(matching, "solve", stolen)
    compute_component(run_id=run.pk, now=NOW)
    assert not run.components.filter(number=0, plan__isnull=False).exists()
    assert "was taken from this worker" in caplog.text


def test_a_component_of_a_run_that_is_over_is_not_taken(season):
    run = cut(season)
    component = run.components.first()
    lease = lease_of_component(component, Clock(NOW))
    assert lease.take()
    MatchRun.objects.update(state=RunState.FAILED)
    with pytest.raises(LeaseLost, match=f"component 0 of run {run.pk}"):
        lease.write()
    assert runs.components._take(run.pk, Clock(NOW)) is None


def test_a_killed_workers_component_waits_again_and_nothing_else_does(season, hints):
    undisturbed = plan_of(computed(season))
    run = cut_anew(season)
    _component, _lease = runs.components._take(run.pk, Clock(NOW))
    hints.clear()
    sweep_runs(now=NOW + LEASE - timedelta(seconds=1))
    assert run.components.get(number=0).state == "computing"
    compute_component(run_id=run.pk, now=NOW)
    sweep_runs(now=NOW + LATER)
    assert list(run.components.values_list("state", "attempts")) == [("queued", 1), ("done", 1), ("done", 1)]
    assert ("exchange.compute_component", run.pk, 0) in hints
    compute_component(run_id=run.pk, now=NOW + LATER)
    compute_run(run_id=run.pk, now=NOW + LATER)
    assert plan_of(run) == undisturbed


def cut_anew(season) -> MatchRun:
    """As if the season had never been computed: nothing to use again."""
    RunComponent.objects.all().delete()
    return cut(season)


def test_a_component_that_kills_three_workers_fails_its_run(season):
    run, now = cut(season), NOW
    for attempt in (1, 2, 3):
        assert runs.components._take(run.pk, Clock(now))[0].number == 0
        now += LATER
        sweep_runs(now=now)
        run.refresh_from_db()
        assert run.state == (RunState.COMPUTING if attempt < 3 else RunState.FAILED)
    assert run.failure == words.WORKERS_DIED
    assert runs.components._take(run.pk, Clock(now)) is None


def test_lost_messages_are_sent_again_one_a_sweep(season, hints):
    run = cut(season)
    hints.clear()
    sweep_runs(now=NOW + timedelta(seconds=15))
    assert hints == [("exchange.compute_component", run.pk, 0)]


def test_a_finisher_that_dies_before_it_says_so_is_finished_by_the_sweep(season, monkeypatch, hints):
    run = cut(season)
    with monkeypatch.context() as patch:
        patch.setattr(runs.components, "join_once_done", lambda **ids: None)
        compute_component(run_id=run.pk, now=NOW)
    hints.clear()
    sweep_runs(now=NOW + timedelta(seconds=15))
    run.refresh_from_db()
    assert (run.state, hints[0]) == (RunState.QUEUED, ("exchange.compute_run", run.pk))
    compute_run(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    assert run.state == RunState.VERIFIED


def test_a_finisher_that_dies_while_it_joins_is_followed_by_another(season, monkeypatch):
    run = cut(season)
    compute_component(run_id=run.pk, now=NOW)

    def killed(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(computing, "_stage", killed)
        with pytest.raises(KeyboardInterrupt):
            compute_run(run_id=run.pk, now=NOW)
    sweep_runs(now=NOW + LATER)
    monkeypatch.setattr(matching, "solve", lambda *args, **facts: pytest.fail("computed again"))
    compute_run(run_id=run.pk, now=NOW + LATER)
    run.refresh_from_db()
    assert (run.state, run.attempts) == (RunState.VERIFIED, 2)


# -- progress --------------------------------------------------------------------------------------


def test_progress_is_the_sum_of_the_components(season, django_assert_num_queries):
    run = cut(season)
    with django_assert_num_queries(1):
        before = progress_of(run, now=NOW + timedelta(seconds=9))
    assert before == {
        "stage": "optimum",
        "done": 0,
        "total": 3,
        "seconds": pytest.approx(9, abs=1),
        "objective": {"served": 0, "waiting_days": 0, "quality": 0},
        "bound": None,
    }
    compute_component(run_id=run.pk, now=NOW)
    after = progress_of(run, now=NOW)
    compute_run(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    assert (after["done"], after["total"]) == (3, 3)
    assert after["objective"] == {name: getattr(run, name) for name in matching.Objective._fields}
    assert after["bound"] == after["objective"]


def test_a_run_in_one_piece_tells_its_own_progress(season):
    run = started(season)
    run.progress = {"stage": "first plan"}
    assert progress_of(run, now=NOW) == {"stage": "first plan"}
