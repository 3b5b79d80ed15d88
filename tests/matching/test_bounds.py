"""What is proven of parts that are not done, against all combinations of what the parts could do."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import product

import pytest

from exchange.matching import Objective
from exchange.matching.bounds import joint_bound
from exchange.matching.types import Hold


@dataclass(frozen=True)
class Part:
    """A part that can be worth any of `attainable`, and is worth `objective`."""

    attainable: tuple[Objective, ...]
    objective: Objective
    bound: Objective
    loose: Objective
    holds: tuple[Hold, ...]


def drawn(chance: random.Random) -> Part:
    attainable = tuple(
        Objective(chance.randrange(4), chance.randrange(30), chance.randrange(200)) for _ in range(5)
    )
    reached = chance.choice(attainable)
    dear, lots, few = chance.randrange(12), chance.randrange(80), chance.randrange(6)

    def given_way(plan: Objective) -> tuple[int, int]:
        return max(0, reached.served - plan.served), max(0, reached.waiting_days - plan.waiting_days)

    served = max(plan.served for plan in attainable)
    waiting = max(plan.waiting_days - dear * given_way(plan)[0] for plan in attainable)
    quality = max(p.quality - lots * given_way(p)[0] - few * given_way(p)[1] for p in attainable)
    same_served = [p for p in attainable if p.served >= reached.served]
    same_both = [p for p in same_served if p.waiting_days >= reached.waiting_days]
    return Part(
        attainable,
        reached,
        Objective(served, max(p.waiting_days for p in same_served), max(p.quality for p in same_both)),
        Objective(*(max(figures) for figures in zip(*attainable, strict=True))),
        (Hold(served, ()), Hold(waiting, (dear,)), Hold(quality, (lots, few)))[: chance.randrange(4)],
    )


@pytest.mark.parametrize("seed", range(60))
def test_no_combination_with_the_same_figures_before_is_worth_more(seed: int) -> None:
    chance = random.Random(seed)
    parts = [drawn(chance) for _ in range(4)]
    bound, _ = joint_bound(parts)
    reached = tuple(sum(part.objective[i] for part in parts) for i in range(3))
    for choice in product(*(part.attainable for part in parts)):
        total = [sum(plan[i] for plan in choice) for i in range(3)]
        for stage in range(3):
            if tuple(total[:stage]) == reached[:stage]:
                assert total[stage] <= bound[stage]


def test_where_all_before_is_proven_bounds_just_add_up() -> None:
    one = Part((), Objective(2, 10, 50), Objective(2, 10, 60), Objective(9, 90, 900), ())
    assert joint_bound([one, one])[0] == Objective(4, 20, 120)


def test_what_is_open_counts_at_the_dearest_price() -> None:
    """One more may be served in the first; so the second may serve one fewer, for 7 days and 40 points."""
    first = Part(
        (),
        Objective(2, 10, 50),
        Objective(3, 10, 60),
        Objective(9, 90, 900),
        (Hold(3.0, ()), Hold(10.0, (5.0,)), Hold(60.5, (20.0, 1.0))),
    )
    second = Part(
        (),
        Objective(4, 30, 70),
        Objective(4, 30, 75),
        Objective(9, 90, 900),
        (Hold(4.0, ()), Hold(30.0, (7.0,)), Hold(75.0, (40.0, 0.5))),
    )
    assert joint_bound([first, second])[0] == Objective(7, 40 + 7, 135 + 40 + 7)
