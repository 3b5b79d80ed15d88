"""manage.py match --explain: a fixture's reasons, and what other opponents would cost."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exchange.management.fixture_reasons import explained
from exchange.matching import Alternative, FixedFixture, Fixture, Objective, Plan, Pool, solve, write_pool
from tests.matching.pools import START, pool_of, request


def two_pairs() -> Pool:
    """a meets b, c meets d; and each of them could meet any other."""
    north = [request(name, rating=1500.0 + 10 * i) for i, name in enumerate("ab")]
    south = [request(name, rating=1600.0 + 10 * i, lat=52.0) for i, name in enumerate("cd")]
    return pool_of(*north, *south)


def run(tmp_path: Path, pool: Pool, *pair: str) -> str:
    write_pool(pool, tmp_path / "pool.json")
    out = StringIO()
    paths = tmp_path / "pool.json", "--output", tmp_path / "plan.json"
    call_command("match", *map(str, paths), "--explain", *pair, stdout=out, stderr=StringIO())
    return out.getvalue()


def told(pool: Pool, plan: Plan, fixture: Fixture) -> list[str]:
    return list(explained(pool, plan, fixture, budget=None, waits_for=lambda what: None))


def test_a_fixture_is_told_by_its_terms(tmp_path: Path) -> None:
    lines = run(tmp_path, two_pairs(), "b", "a")
    for line in ("a – b on 2027-02-06, quality", "rated 10 apart:", "0 km apart: 400 of 400",
                 "neither asked to meet: 0 of 100"):  # fmt: skip
        assert line in lines


def test_alternatives_are_told_from_the_duals_and_solved_again() -> None:
    pool = two_pairs()
    plan = solve(pool)
    fixture = next(f for f in plan.fixtures if {f.host, f.guest} == {"a", "b"})
    other = Alternative("c", "a", START, 377, Objective(0, 0, 12), "duals")
    sides = ((other,), ()) if fixture.host == "a" else ((), (other,))
    plan = replace(plan, alternatives={(fixture.host, fixture.guest, fixture.date): sides})
    lines = told(pool, plan, fixture)
    at = lines.index("a could have met, instead of b:")
    assert lines[at + 1 : at + 3] == [
        "  c, away on 2027-02-06, quality 377",
        "    the whole plan would lose at least 12 points (from the duals)",
    ]
    forced = solve(replace(pool, fixed=(FixedFixture("c", "a", START),)))
    lost = plan.objective.quality - forced.objective.quality
    assert lines[at + 3] == f"    the whole plan would lose {lost} points (solved again)"
    assert lines[lines.index("b could have met, instead of a:") + 1].startswith("  nobody else")


def test_a_fixed_fixture_stays(tmp_path: Path) -> None:
    pool = replace(two_pairs(), fixed=(FixedFixture("a", "c", START),))
    assert "It is fixed, so it stays." in run(tmp_path, pool, "a", "c")


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        (("a", "x"), '--explain: unknown request "x"'),
        (("a", "c"), "--explain: a and c do not meet in this plan"),
    ],
)
def test_who_cannot_be_explained_is_named(tmp_path: Path, pair: tuple[str, str], sentence: str) -> None:
    with pytest.raises(CommandError) as refusal:
        run(tmp_path, two_pairs(), *pair)
    assert str(refusal.value) == sentence
    assert refusal.value.returncode == 2
