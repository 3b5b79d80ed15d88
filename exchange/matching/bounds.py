"""What is proven of a whole made of independent parts, also where some of them are not done."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Protocol

from .types import Hold, Objective

#: Sums of bounds are rounded down to whole figures; this much is noise.
NOISE = 1e-6


class Bounded(Protocol):
    """A part, or a plan of some of the whole: see `part.PartPlan`."""

    @property
    def objective(self) -> Objective: ...
    @property
    def bound(self) -> Objective: ...
    @property
    def loose(self) -> Objective: ...
    @property
    def holds(self) -> tuple[Hold, ...]: ...


def joint_bound(parts: Iterable[Bounded]) -> tuple[Objective, tuple[Hold, ...]]:
    """The bound of all parts together, and the same as a `Hold` for each stage.

    A part's `bound` counts where all figures before it are proven everywhere. Elsewhere, of plans with the
    same totals, one part may serve fewer, if others serve more. These cannot gain more than lies between the
    totals and their bounds, and each unit that a part gives way raises its later bound by no more than the
    price of that unit: weak duality, with the limit of one row moved. So the sum of the bounds rises by at
    most the open gap times the dearest price.
    """
    known = list(parts)
    gaps: list[float] = []
    figures: list[int] = []
    holds: list[Hold] = []
    for stage in range(len(Objective._fields)):
        reached = sum(part.objective[stage] for part in known)
        hold = _joint_hold([_hold(part, stage) for part in known], stage)
        if any(gaps):
            raised = hold.bound + sum(gap * price for gap, price in zip(gaps, hold.price, strict=True))
            loose = sum(part.loose[stage] for part in known)
            figure = min(loose, math.floor(raised + NOISE))
        else:
            figure = sum(part.bound[stage] for part in known)
        figures.append(max(figure, reached))
        holds.append(hold)
        gaps.append(float(figures[-1] - reached))
    return Objective(*figures), tuple(holds)


def total(figures: Iterable[Objective]) -> Objective:
    return Objective(*map(sum, zip(Objective(0, 0, 0), *figures, strict=True)))


def _hold(part: Bounded, stage: int) -> Hold:
    if stage < len(part.holds):
        return part.holds[stage]
    return Hold(float(part.loose[stage]), (0.0,) * stage)


def _joint_hold(holds: list[Hold], stage: int) -> Hold:
    price = tuple(max((hold.price[i] for hold in holds), default=0.0) for i in range(stage))
    return Hold(math.fsum(hold.bound for hold in holds), price)
