"""One part, solved: three objectives one after the other, each with its bound."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from itertools import chain

import numpy as np

from .candidates import Bools
from .integer import integer_optimum
from .mend import Mender
from .model import Model
from .neighbourhoods import Neighbourhoods, losses
from .objectives import PartPlan, all_in_one, costs_of, objective_of, shortlist
from .relax import NOISE, Relaxation, Relaxed
from .repair import Repair
from .types import Hold, Objective
from .watch import Meter, OutOfTime

#: The number of the last objective.
QUALITY = 2
#: Fixtures whose choice would cost more than this against the relaxation are left out of the first search.
FIRST_WIDTH = 5.0
#: The same for the quick plans that keep what the relaxation is sure of: wide where little is left to settle,
#: and for repairs.
DIVE_WIDTH = 40.0
REPAIR_WIDTH = 60.0
#: Requests that are settled anew together: few at first, more where few give nothing.
SIZES = (80, 160)
#: Along a way between two: many requests, and of their fixtures those that cost little.
WAY_SIZES, WAY_WIDTH = (240, 480), 15.0
#: Fixtures that the relaxation values this little below its own make neighbours of their two requests.
NEIGHBOURS_WORTH = 2.0
#: A quick plan that takes more branching than this is none. Counted, not timed: runs must repeat.
DIVE_NODES = 10
#: Kept between whole figures and bounds rounded down to them.
MARGIN = 1e-3
#: Rounds of cuts in a row, at most, and the share of what they have gained that one more must gain.
CUTS, CUTS_WORTHWHILE = 12, 0.01
#: The first two figures come first: what is near enough for the quality is not for them.
STRICTER = 0.1
#: Cuts and repairs go on while they close this share of the gap.
WORTHWHILE = 0.04
#: So few columns are searched at once, without repairs before.
SEARCHABLE = 5_000
#: With more rows than this, cuts take so long that a plan which need not be proven is better repaired before.
LARGE = 80_000
#: An impatient pass searches no more than this.
QUICK = 60_000


def improve(
    model: Model, plan: PartPlan, meter: Meter, helpers: Executor, gap: float = 0.0
) -> Iterator[PartPlan]:
    """Yields ever better plans and bounds; the last one is within `gap` of its bound, relatively, in each
    objective, unless the meter ends first. A gap of 0 is the optimum."""
    work = _Part(model, plan, meter, gap, helpers)
    try:
        for patient in (False, True):
            while True:
                try:
                    yield from work.stages(patient)
                    break
                except _Outdated:
                    yield work.plan
            if work.close_enough:
                return
    except OutOfTime:
        return


class _Outdated(Exception):
    """The plan is better than the rows that hold its earlier objectives say: the stages begin anew."""


class _Part:
    """A part at work. What it knows best is `plan`."""

    def __init__(self, model: Model, plan: PartPlan, meter: Meter, gap: float, helpers: Executor) -> None:
        self.model, self.plan, self.meter, self.gap = model, plan, meter, gap
        self.costs = costs_of(model)
        self.in_one = all_in_one(self.costs, model)
        self.mender = Mender(len(model.wanted), meter, helpers)

    def is_close(self, stage: int) -> bool:
        gap = self.gap if stage == QUALITY else self.gap * STRICTER
        return self._gap(stage) <= gap * self.plan.bound[stage]

    @property
    def close_enough(self) -> bool:
        return all(map(self.is_close, range(QUALITY + 1)))

    def stages(self, patient: bool) -> Iterator[PartPlan]:
        """All objectives; an impatient pass leaves one unproven rather than search for long."""
        self.relaxation = Relaxation(self.model, shortlist(self.model) | self.plan.value, self.meter)
        for stage in range(QUALITY + 1):
            # The impatient pass ends with the quality, where only earlier objectives can call for another.
            earlier = all(map(self.is_close, range(stage)))
            yield from self._stage(stage, patient or (stage == QUALITY and earlier))
            if stage < QUALITY:
                self.relaxation.hold(self.costs[stage], int(self.costs[stage] @ self.plan.value))

    def _stage(self, stage: int, patient: bool) -> Iterator[PartPlan]:
        """One objective: the relaxation, cuts, quick plans and repairs by what it says, and search."""
        self.relaxation.forget()
        solved = self.relaxation.maximise(self.costs[stage])
        yield self._learn(stage, solved)
        if stage == QUALITY and self.gap and len(self.model.limits) > LARGE and not self.is_close(stage):
            yield from self._dive(solved)
            yield from self._repair(stage, solved)
        if stage == QUALITY and not self.is_close(stage):
            solved = yield from self._cut(stage, solved, held=False)
            if not self.is_close(stage):
                yield from self._dive(solved)
        while not self.is_close(stage):
            before = self._gap(stage)
            if stage == QUALITY:
                solved = yield from self._cut(stage, solved, held=True)
                if self._few(stage, solved).sum() <= SEARCHABLE:
                    break
            yield from self._repair(stage, solved)
            if stage != QUALITY:
                solved = yield from self._cut(stage, solved, held=True)
            if before - self._gap(stage) <= WORTHWHILE * before:
                break
        if not self.is_close(stage) and (patient or self._few(stage, solved).sum() <= QUICK):
            yield from self._search(stage, solved, patient)

    def _gap(self, stage: int) -> int:
        return self.plan.bound[stage] - self.plan.objective[stage]

    def _learn(self, stage: int, solved: Relaxed) -> PartPlan:
        """The bound of a relaxation, and its plan where it happens to be one."""
        if np.abs(solved.value - np.rint(solved.value)).max() <= NOISE:
            self._take(self.model.vector(np.nonzero(solved.value[: self.model.fixtures] > 0.5)[0]))
        self._bound(stage, solved.bound)
        price = tuple(float(solved.price[row]) for row in self.relaxation.held)
        served = self.model.columns - self.model.fixtures
        shift = (served, int(self.model.waiting.sum()), 0)[stage]
        if not self.relaxation.conditional:
            hold, later = Hold(solved.bound + shift, price), self.plan.holds[stage + 1 :]
            self.plan = replace(self.plan, holds=(*self.plan.holds[:stage], hold, *later))
        if stage == QUALITY:
            reach = solved.bound + np.minimum(0.0, solved.worth[: self.model.fixtures])
            self.plan = replace(self.plan, reach=reach)
        return self.plan

    def _take(self, value: Bools) -> None:
        """A better plan. One that serves more may do so at the cost of waiting days: what is known of the
        quality held for as many days as before, so it is forgotten.

        Raises `_Outdated` where a row of the relaxation still asks for as many days.
        """
        objective, before = objective_of(self.model, value), self.plan.objective
        if objective <= before:
            return
        self.plan = replace(self.plan, value=value, objective=objective)
        if objective.waiting_days >= before.waiting_days:
            return
        bound = self.plan.bound._replace(quality=self.plan.loose.quality)
        self.plan = replace(self.plan, bound=bound, holds=self.plan.holds[:QUALITY], reach=None)
        if len(self.relaxation.held) == QUALITY:
            raise _Outdated

    def _bound(self, stage: int, bound: float) -> None:
        """Stages one and two count who stays unserved, hence the shift."""
        at = int(self.costs[stage] @ self.plan.value)
        whole = int(np.floor(bound + NOISE)) - at + self.plan.objective[stage]
        figures = list(self.plan.bound)
        figures[stage] = max(min(whole, figures[stage]), self.plan.objective[stage])
        self.plan = replace(self.plan, bound=Objective(*figures))

    def _cut(self, stage: int, solved: Relaxed, *, held: bool) -> Generator[PartPlan, None, Relaxed]:
        """Rounds of cuts while each gains a share of what all have gained; returns the last relaxation."""
        first = solved.bound
        for _ in range(CUTS):
            if self.is_close(stage):
                break
            before, solved = solved.bound, self.relaxation.cut(self.costs[stage], solved, held=held)
            yield self._learn(stage, solved)
            if before - solved.bound <= CUTS_WORTHWHILE * (first - solved.bound):
                break
        return solved

    def _dive(self, solved: Relaxed) -> Iterator[PartPlan]:
        """A good plan for little: keeps what the relaxation is sure of and settles the rest exactly.

        What is sure may leave no room to serve all who can be. So serving counts as much as it takes, but is
        no condition; whoever is left out is helped by neighbourhoods settled anew.
        """
        model, n = self.model, self.model.fixtures
        sure = solved.value > 1 - NOISE
        sure[n:] = False
        near = sure | (solved.worth > -DIVE_WIDTH)
        near[n:] = True
        answer = integer_optimum(self.relaxation, self.in_one, near, sure=sure, nodes=DIVE_NODES, held=False)
        if answer.chosen is None:
            return
        if self.meter.over:
            raise OutOfTime
        value = model.vector(answer.chosen)
        near |= self._active
        repair = Repair(self.relaxation, near, (*self.costs, self.in_one), value, held=False)
        for size in SIZES:
            left_out = np.zeros(len(model.wanted))
            left_out[model.asks] = repair.whole()[n:] & ~self.plan.value[n:]
            found = Neighbourhoods(model, near & (solved.worth > -REPAIR_WIDTH), repair.whole(), left_out)
            for _ in self.mender.mend(repair, found.balls(size)):
                pass
        self._take(repair.whole())
        yield self.plan

    def _repair(self, stage: int, solved: Relaxed) -> Iterator[PartPlan]:
        """Neighbourhoods settled anew where the plan falls behind the bound, until that helps no more."""
        for size in SIZES if stage == QUALITY else WAY_SIZES:
            helpful = True
            while helpful:
                before = self._gap(stage)
                repair, near = self._repairer(stage, solved), self._neighbourhoods(stage, solved)
                ways = near.ways(solved.worth, WAY_SIZES[0]) if stage == QUALITY else iter(())
                mended = chain(
                    self.mender.mend(repair, ways, WAY_WIDTH), self.mender.mend(repair, near.balls(size))
                )
                for _ in mended:
                    self._take(repair.whole())
                    yield self.plan
                    if self.is_close(stage):
                        return
                helpful = before - self._gap(stage) > WORTHWHILE * before

    def _neighbourhoods(self, stage: int, solved: Relaxed) -> Neighbourhoods:
        model, value = self.model, self.plan.value
        if stage == QUALITY:
            lost, bonds = losses(self.relaxation, solved, value), solved.worth > -NEIGHBOURS_WORTH
        else:
            # Whom the relaxation serves and the plan does not; from there, one takes turns with the other.
            lost, bonds = np.zeros(len(model.wanted)), solved.value > NOISE
            missed = self.costs[stage] * (value - solved.value)
            lost[model.asks] = -missed[model.fixtures :]
        return Neighbourhoods(model, bonds, value, lost)

    def _repairer(self, stage: int, solved: Relaxed) -> Repair:
        costs = (*self.costs, self.in_one)
        if stage != QUALITY:
            return Repair(self.relaxation, self._active, costs, self.plan.value)
        return Repair(self.relaxation, solved.worth > -REPAIR_WIDTH, costs, self.plan.value, solved)

    @property
    def _active(self) -> Bools:
        """The columns that are in the relaxation's program."""
        columns = np.zeros(self.model.columns, bool)
        columns[self.relaxation.active] = True
        return columns

    def _helpful(self, stage: int, solved: Relaxed) -> Bools:
        """A column outside could lift nothing above the plan: its worth takes the whole gap away."""
        gap = solved.bound - float(self.costs[stage] @ self.plan.value)
        return np.asarray(solved.worth > -gap + 1 - MARGIN)

    def _few(self, stage: int, solved: Relaxed) -> Bools:
        """Those that most likely do. Only the quality tells fixtures apart; for the first two objectives the
        relaxation's own choice is as good as any."""
        helpful = self._helpful(stage, solved)
        return helpful & (solved.worth > -FIRST_WIDTH if stage == QUALITY else self._active)

    def _search(self, stage: int, solved: Relaxed, patient: bool) -> Iterator[PartPlan]:
        """Exact search among the columns that could still help, few of them first."""
        cost = self.costs[stage]
        for columns in (self._few(stage, solved), self._helpful(stage, solved)):
            answer = integer_optimum(
                self.relaxation,
                cost,
                columns | self.plan.value,
                start=self.plan.value,
                nodes=None if patient else DIVE_NODES,
            )
            if answer.chosen is not None:
                self._take(self.model.vector(answer.chosen))
            outside = float(np.max(solved.worth[~columns], initial=-np.inf))
            bound = max(answer.bound, solved.bound + outside, float(cost @ self.plan.value))
            self._bound(stage, min(solved.bound, bound))
            yield self.plan
            if self.meter.over:
                raise OutOfTime
            if self.is_close(stage) or not answer.complete:
                return
