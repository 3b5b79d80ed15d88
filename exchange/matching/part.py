"""One part, solved: three objectives one after the other, each with its bound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from .candidates import Bools, Ints
from .integer import integer_optimum
from .model import Model
from .relax import NOISE, Relaxation, Relaxed
from .types import Objective
from .watch import OutOfTime, Watch

#: Fixtures per request, best first, that the relaxation starts from. All others are priced in at need.
SHORTLIST = 12
#: The number of the last objective.
QUALITY = 2
#: Fixtures whose choice would cost more than this against the relaxation are left out of the first search.
FIRST_WIDTH = 5.0
#: The same for the quick plans that keep what the relaxation is sure of: wide where little is left to settle.
DIVE_WIDTHS = (100.0, 10.0)
#: A quick plan that takes more branching than this is none. Counted, not timed: runs must repeat.
DIVE_NODES = 100
#: Kept between whole figures and bounds rounded down to them.
MARGIN = 1e-3


@dataclass(frozen=True, slots=True)
class PartPlan:
    """The best plan of a part known so far.

    Attributes
    ----------
    value : 0-1 over the model's columns
    objective : what it is worth; the part's requests served by fixed fixtures do not count here
    bound : as in `Plan`, of this part alone: each figure holds if all parts' figures before it are proven
    loose : holds whatever the figures before it
    """

    value: Bools
    objective: Objective
    bound: Objective
    loose: Objective


def first_plan(model: Model, chosen: Ints) -> PartPlan:
    """A plan of chosen fixtures (indices into the part), with the bounds that counting gives."""
    value, loose = model.vector(chosen), _loose_bound(model)
    return PartPlan(value, _objective(model, value), loose, loose)


def improve(model: Model, plan: PartPlan, watch: Watch) -> Iterator[PartPlan]:
    """Yields ever better plans and bounds; the last one is optimal, unless the watch ends first."""
    try:
        relaxation = Relaxation(model, _shortlist(model) | plan.value, watch)
        for stage, cost in enumerate(_costs(model)):
            for better in _stage(relaxation, plan, stage, cost):
                plan = better
                yield plan
            relaxation.add_rows(csr_array(-cost[None, :]), np.array([-cost @ plan.value]))
    except OutOfTime:
        return


def _stage(relaxation: Relaxation, plan: PartPlan, stage: int, cost: Ints) -> Iterator[PartPlan]:
    """One objective: the relaxation, cuts, a quick plan from what they say, and what search remains."""
    model = relaxation.model
    rounds = relaxation.tightened(cost, target=float(cost @ plan.value) + 1 - NOISE)
    for solved in rounds:
        plan = _bounded(_rounded(model, plan, solved), stage, cost, solved.bound)
        yield plan
    if plan.bound[stage] > plan.objective[stage]:
        if stage == QUALITY:
            for better in _dive(relaxation, plan, cost, solved):
                plan = _bounded(better, stage, cost, solved.bound)
                yield plan
        yield from _search(relaxation, plan, stage, cost, solved)


def _dive(relaxation: Relaxation, plan: PartPlan, cost: Ints, solved: Relaxed) -> Iterator[PartPlan]:
    """Good plans for little: keeps what the relaxation is sure of and settles the rest exactly.

    Then once more, keeping only what touches nobody who was in doubt or got a fixture at a loss.
    """
    model, n = relaxation.model, relaxation.model.fixtures
    sure = solved.value > 1 - NOISE
    for width in DIVE_WIDTHS:
        near = sure | (solved.worth > -width)
        answer = integer_optimum(
            model,
            relaxation.rows,
            relaxation.limits,
            cost,
            near,
            relaxation.watch,
            sure=sure,
            nodes=DIVE_NODES,
        )
        if answer.chosen is not None:
            plan = _better(model, plan, model.vector(answer.chosen))
            yield plan
        if relaxation.watch.over:
            raise OutOfTime
        doubt = (solved.value[:n] > NOISE) & ~sure[:n]
        doubt |= plan.value[:n] & (solved.worth[:n] < -NOISE)
        touched = np.zeros(len(model.wanted), bool)
        touched[model.host[doubt]] = touched[model.guest[doubt]] = True
        sure[:n] &= ~touched[model.host] & ~touched[model.guest]


def _search(
    relaxation: Relaxation, plan: PartPlan, stage: int, cost: Ints, solved: Relaxed
) -> Iterator[PartPlan]:
    """Exact search among the columns that could still help, few of them first."""
    model, watch = relaxation.model, relaxation.watch
    gap = solved.bound - float(cost @ plan.value)
    # Only the quality tells fixtures apart; for the first two objectives those of the relaxation usually do.
    few = solved.worth > -min(gap, FIRST_WIDTH) + NOISE
    if stage != QUALITY:
        few = np.isin(np.arange(model.columns), relaxation.active)
    for columns in (few, None):
        gap = solved.bound - float(cost @ plan.value)
        if gap < 1 - NOISE:
            return
        # A column outside could lift nothing above the plan: its worth takes the whole gap away.
        helpful = solved.worth > -gap + 1 - MARGIN
        columns = helpful if columns is None else helpful & columns
        answer = integer_optimum(
            model, relaxation.rows, relaxation.limits, cost, columns | plan.value, watch, start=plan.value
        )
        if answer.chosen is not None:
            plan = _better(model, plan, model.vector(answer.chosen))
        outside = float(np.max(solved.worth[~columns], initial=-np.inf))
        bound = min(solved.bound, max(answer.bound, solved.bound + outside, float(cost @ plan.value)))
        plan = _bounded(plan, stage, cost, bound)
        yield plan
        if not answer.complete:
            raise OutOfTime
        if plan.bound[stage] == plan.objective[stage]:
            return


def _rounded(model: Model, plan: PartPlan, solved: Relaxed) -> PartPlan:
    """The relaxation's own plan, where it happens to be one."""
    if np.abs(solved.value - np.rint(solved.value)).max() > NOISE:
        return plan
    return _better(model, plan, model.vector(np.nonzero(solved.value[: model.fixtures] > 0.5)[0]))


def _better(model: Model, plan: PartPlan, value: Bools) -> PartPlan:
    objective = _objective(model, value)
    return replace(plan, value=value, objective=objective) if objective > plan.objective else plan


def _bounded(plan: PartPlan, stage: int, cost: Ints, bound: float) -> PartPlan:
    """The plan with this stage's bound: stages one and two count who stays unserved, hence the shift."""
    whole = int(np.floor(bound + NOISE)) - int(cost @ plan.value) + plan.objective[stage]
    figures = list(plan.bound)
    figures[stage] = max(whole, plan.objective[stage])
    return replace(plan, bound=Objective(*figures))


def _costs(model: Model) -> tuple[Ints, Ints, Ints]:
    """The three objectives over (x, u), all to be maximised."""
    no_fixture, nobody = np.zeros(model.fixtures, np.int64), np.zeros(len(model.waiting), np.int64)
    return (
        np.concatenate((no_fixture, nobody - 1)),
        np.concatenate((no_fixture, -model.waiting)),
        np.concatenate((model.quality, nobody)),
    )


def _objective(model: Model, value: Bools) -> Objective:
    served = ~value[model.fixtures :]
    quality = int(model.quality @ value[: model.fixtures])
    return Objective(int(served.sum()), int(model.waiting[served].sum()), quality)


def _loose_bound(model: Model) -> Objective:
    """Everybody served, and everybody's best fixtures at half their worth each, as two share it."""
    best = int(model.quality[model.best_of_each(model.wanted)].sum())
    return Objective(len(model.waiting), int(model.waiting.sum()), best // 2)


def _shortlist(model: Model) -> Bools:
    """Each request's best fixtures, and every column that is none."""
    columns = np.zeros(model.columns, bool)
    columns[model.best_of_each(np.full(len(model.wanted), SHORTLIST))] = True
    columns[model.fixtures :] = True
    return columns
