"""A run tells how far it is, keeps to its budget, can be ended, and repeats itself to the byte."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from exchange.matching import Plan, Pool, Progress, solve, violations, write_plan, write_pool
from exchange.matching.candidates import candidates
from exchange.matching.greedy import greedy
from exchange.matching.parts import left_over

from .pools import random_pool


class Enough(Exception):
    pass


def crowd(requests: int = 200) -> Pool:
    """One big part that takes some seconds to prove."""
    pool = random_pool(5, requests=requests, days=12)
    crowded = tuple(
        replace(
            r, university=r.id, category="women", venue=None, max_distance_km=2000.0, lat=45 + i % 97 / 10
        )
        for i, r in enumerate(pool.requests)
    )
    return replace(pool, requests=crowded)


def baseline(pool: Pool) -> int:
    """How many requests greedy serves."""
    left = left_over(pool, candidates(pool))
    chosen = left.open.take(greedy(left))
    return len({*chosen.host.tolist(), *chosen.guest.tolist()})


def test_without_time_there_is_still_a_plan_no_worse_than_greedy() -> None:
    pool = crowd()
    plan = solve(pool, budget=0.0)
    assert list(violations(pool, plan)) == []
    assert plan.objective.served >= baseline(pool)
    assert plan.bound >= plan.objective


def test_a_budget_is_kept() -> None:
    pool = crowd()
    begun = time.monotonic()
    plan = solve(pool, budget=1.0)
    assert time.monotonic() - begun < 5.0
    assert all(bound >= value for bound, value in zip(plan.bound, plan.objective, strict=True))


def test_progress_only_ever_improves() -> None:
    told: list[Progress] = []
    plan = solve(random_pool(11, requests=40), on_progress=told.append)
    figures = [progress.objective for progress in told if progress.objective is not None]
    assert figures == sorted(figures)
    assert figures[-1] == plan.objective
    assert told[-1].done == told[-1].total


def test_raising_from_progress_ends_the_run_within_a_second() -> None:
    raised: list[float] = []

    def tire(progress: Progress) -> None:
        if progress.seconds > 0.7:
            raised.append(time.monotonic())
            raise Enough

    with pytest.raises(Enough):
        solve(crowd(), on_progress=tire)
    assert time.monotonic() - raised[0] < 1.0


SCRIPT = "import sys; from exchange.matching import *; write_plan(solve(read_pool(sys.argv[1])), sys.argv[2])"


def test_no_hash_seed_changes_a_byte(tmp_path: Path) -> None:
    pool = random_pool(21, requests=40)
    write_pool(pool, tmp_path / "pool.json")
    write_plan(solve(pool), tmp_path / "here.json")
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "pool.json"), str(tmp_path / "there.json")]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert (tmp_path / "there.json").read_bytes() == (tmp_path / "here.json").read_bytes()


def test_a_wrong_plan_is_found_out() -> None:
    pool = random_pool(3)
    plan: Plan = solve(pool)
    first = plan.fixtures[0]
    wrong = {
        "quality told": replace(plan, fixtures=(replace(first, quality=1), *plan.fixtures[1:])),
        "meet 2 times": replace(plan, fixtures=(first, *plan.fixtures)),
        "objective told": replace(plan, fixtures=plan.fixtures[1:]),
        "unserved requests": replace(plan, unserved=()),
        "lies below": replace(plan, bound=plan.bound._replace(served=0)),
        "unknown request": replace(plan, fixtures=(replace(first, host="nobody"), *plan.fixtures[1:])),
    }
    for words, broken in wrong.items():
        assert any(words in sentence for sentence in violations(pool, broken)), words
