"""The pools of ../shared/matching, judged by the checker that is not ours. Skipped where they are absent."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from exchange.matching import read_pool, solve, violations, write_plan

MATCHING = Path(__file__).resolve().parents[3] / "shared" / "matching"
pytestmark = pytest.mark.skipif(
    not MATCHING.is_dir(), reason="../shared/matching is not beside this checkout"
)

OPTIMA = {"scarce-1000": (801, 49_240, 319_766)}
TINY = [f"tiny-{i}" for i in range(12)]


@pytest.mark.parametrize("name", [*TINY, *OPTIMA])
def test_the_independent_checker_agrees(name: str, tmp_path: Path) -> None:
    source, target = MATCHING / "instances" / f"{name}.json.gz", tmp_path / "plan.json.gz"
    pool = read_pool(source)
    plan = solve(pool)
    write_plan(plan, target)
    assert list(violations(pool, plan)) == []
    checker = subprocess.run(
        [sys.executable, MATCHING / "verify.py", source, target], capture_output=True, text=True, check=False
    )
    assert checker.returncode == 0, checker.stdout
    told = json.loads(checker.stdout.splitlines()[0])
    assert told["objective"] == plan.objective._asdict()
    assert plan.bound == plan.objective
    if name in OPTIMA:
        assert plan.objective == OPTIMA[name]
