"""The best plan of a pool, proven: fixed fixtures set aside, independent parts solved side by side."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from datetime import date
from functools import cached_property

import numpy as np

from .alternatives import alternatives_of
from .bounds import joint_bound, total
from .candidates import Candidates, Floats, Ints, candidates, pair_of
from .check import check_pool
from .explain import unserved_requests
from .greedy import completed, greedy, scarcest_first
from .model import Model, models_of
from .objectives import PartPlan, first_plan
from .part import improve
from .parts import left_over, split
from .quality import quality
from .types import Fixture, Objective, Plan, Pool, Progress
from .watch import Meter, Watch

#: A caller who raises from `on_progress` is heard after at most this long.
HEARTBEAT_SECONDS = 0.25

Listener = Callable[[Progress], None]


def solve(
    pool: Pool,
    *,
    budget: float | None = None,
    work: float | None = None,
    gap: float = 0.0,
    seed: int = 0,
    last: Plan | None = None,
    on_progress: Listener | None = None,
) -> Plan:
    """The lexicographically best plan with proven bounds.

    Parameters
    ----------
    budget : seconds after which the best plan so far is returned, with a bound that is honest but not met
    work : the same in simplex iterations, some thousands a second; unlike seconds it gives the same plan to
        the byte each time. Parts share it by their numbers of possible fixtures
    gap : a plan this near to its bound is good enough: (bound - quality) / bound in each part, and a tenth
        of that for the two figures before
    seed : of HiGHS' searches. Moves nothing in a proven plan's value; another seed may give another plan
    last : a plan to begin with, of this pool before some said no, say. What of it is still possible is kept
        where nothing better is found
    on_progress : called in the caller's thread a few times a second; what it raises ends the run and
        is raised from here

    Raises
    ------
    BadPool : the pool breaks its own rules
    """
    watch = Watch(budget)
    check_pool(pool)
    run = _Run(pool, watch, on_progress or (lambda _: None))
    run.begin(last)
    run.work(work, gap, seed)
    return run.plan()


class _Run:
    """One run: the parts and the best plan of each so far."""

    def __init__(self, pool: Pool, watch: Watch, listener: Listener) -> None:
        self.pool, self.watch, self.listener = pool, watch, listener
        self.done, self.stage, self.told = 0, "", 0.0
        self.parts: list[PartPlan] = []
        self.tell("candidates")
        self.found = candidates(pool)
        self.left = left_over(pool, self.found)

    def begin(self, last: Plan | None) -> None:
        """The better of some quick plans, part by part."""
        self.tell("first plan")
        plans = [scarcest_first(self.left), greedy(self.left)]
        if last is not None:
            plans.insert(0, completed(self.left, _still_open(self.left.open, last)))
        # Models take a while to be built, so the first plan is told before.
        self.tell("first plan", max(self._worth_of(plan) for plan in plans))
        pieces = split(self.left)
        self.models = models_of(self.left, pieces)
        quick = np.zeros((len(plans), len(self.left.open)), bool)
        for taken, plan in zip(quick, plans, strict=True):
            taken[plan] = True
        for model in self.models:
            ways = [first_plan(model, np.nonzero(taken[model.piece])[0]) for taken in quick]
            self.parts.append(max(ways, key=lambda plan: plan.objective))

    def work(self, work: float | None, gap: float, seed: int) -> None:
        """Improves all parts, in as many threads as there are processors."""
        self.tell("optimum")
        share = None if work is None else work / max(1, len(self.left.open))
        processors = os.cpu_count() or 1
        with ThreadPoolExecutor(processors) as threads, ThreadPoolExecutor(processors) as helpers:
            pending: set[Future[None]] = set()
            for i in _turns(len(self.models), processors):
                model = self.models[i]
                limit = None if share is None else share * model.fixtures
                meter = Meter(self.watch, limit=limit, seed=seed)
                pending.add(threads.submit(self._improve, i, meter, gap, helpers))
            try:
                while pending:
                    finished, pending = wait(pending, HEARTBEAT_SECONDS, FIRST_COMPLETED)
                    self._collect(finished)
                    self.tell("optimum")
            except BaseException:
                self.watch.cancelled.set()
                threads.shutdown(cancel_futures=True)
                raise
        self.tell("optimum", last=True)

    def plan(self) -> Plan:
        taken = [model.piece[np.nonzero(part.value[: model.fixtures])[0]] for model, part in self._both()]
        chosen = np.sort(np.concatenate([np.empty(0, np.int64), *taken]))
        fixtures = sorted(
            (*self._fixed_fixtures, *_fixtures(self.left.open.take(chosen))),
            key=by_date,
        )
        bound, holds = joint_bound(self._all())
        return Plan(
            fixtures=tuple(fixtures),
            objective=self._objective(),
            bound=bound,
            unserved=unserved_requests(self.pool, fixtures),
            alternatives=alternatives_of(self.left.open, chosen, self._worth()),
            loose=total(part.loose for part in self._all()),
            holds=holds,
        )

    def tell(self, stage: str, objective: Objective | None = None, *, last: bool = False) -> None:
        """Speaks to the caller, though not more often than anyone listens."""
        if stage == self.stage and not (
            last or objective or self.watch.seconds >= self.told + HEARTBEAT_SECONDS
        ):
            return
        self.stage, self.told, bound = stage, self.watch.seconds, None
        if self.parts:
            objective, bound = self._objective(), joint_bound(self._all())[0]
        self.listener(Progress(stage, objective, bound, self.done, len(self.parts), self.watch.seconds))

    def _worth_of(self, chosen: Ints) -> Objective:
        """Fixed fixtures and these."""
        open_ = self.left.open.take(chosen)
        new = np.setdiff1d(np.concatenate((open_.host, open_.guest)), np.nonzero(self.left.served)[0])
        waiting = sum(self.found.requests[i].waiting_days for i in new.tolist())
        return total((self.base, Objective(len(new), waiting, int(open_.quality.sum()))))

    def _improve(self, i: int, meter: Meter, gap: float, helpers: Executor) -> None:
        if not meter.over:
            for better in improve(self.models[i], self.parts[i], meter, helpers, gap):
                self.parts[i] = better

    def _collect(self, finished: set[Future[None]]) -> None:
        for future in finished:
            future.result()
        self.done += len(finished)

    def _both(self) -> zip[tuple[Model, PartPlan]]:
        return zip(self.models, self.parts, strict=True)

    def _all(self) -> list[PartPlan]:
        """The parts, and as one more what fixed fixtures are worth."""
        nothing = np.empty(0, bool)
        return [*self.parts, PartPlan(nothing, self.base, self.base, self.base)]

    def _objective(self) -> Objective:
        return total(part.objective for part in self._all())

    def _worth(self) -> Floats:
        """Reduced costs against the plan, not the bound, as `cheapest_alternatives` asks for them."""
        worth = np.full(len(self.left.open), np.nan)
        for model, part in self._both():
            if part.reach is not None:
                worth[model.piece] = part.reach - part.objective.quality
        return worth

    @cached_property
    def base(self) -> Objective:
        """What fixed fixtures are worth."""
        served = [request for request, has in zip(self.found.requests, self.left.served, strict=True) if has]
        worth = sum(f.quality for f in self._fixed_fixtures)
        return Objective(len(served), sum(request.waiting_days for request in served), worth)

    @cached_property
    def _fixed_fixtures(self) -> list[Fixture]:
        requests = {request.id: request for request in self.pool.requests}
        return [
            Fixture(f.host, f.guest, f.date, quality(requests[f.host], requests[f.guest]))
            for f in self.pool.fixed
        ]


def by_date(fixture: Fixture) -> tuple[date, str, str]:
    return fixture.date, fixture.host, fixture.guest


def _turns(parts: int, processors: int) -> list[int]:
    """The largest parts at once, on all processors but one; there, those that are quickly done come first.

    So the plan grows everywhere when time is short, and the largest, which take longest, are not begun last.
    """
    long = max(1, processors - 1)
    return [*range(min(long, parts)), *range(parts - 1, long - 1, -1)]


def _fixtures(chosen: Candidates) -> list[Fixture]:
    requests = chosen.requests
    columns = (chosen.host.tolist(), chosen.guest.tolist(), chosen.day.tolist(), chosen.quality.tolist())
    return [
        Fixture(requests[host].id, requests[guest].id, date.fromordinal(day), worth)
        for host, guest, day, worth in zip(*columns, strict=True)
    ]


def _still_open(open_: Candidates, plan: Plan) -> Ints:
    """Indices of the plan's fixtures among what is possible, where need be with the other side hosting."""
    number = {request.id: i for i, request in enumerate(open_.requests)}
    known = [f for f in plan.fixtures if f.host in number and f.guest in number]
    keys = _keys(
        np.array([number[f.host] for f in known], np.int64),
        np.array([number[f.guest] for f in known], np.int64),
        np.array([f.date.toordinal() for f in known], np.int64),
        len(number),
    )
    return np.nonzero(np.isin(_keys(open_.host, open_.guest, open_.day, len(number)), keys))[0]


def _keys(host: Ints, guest: Ints, day: Ints, requests: int) -> Ints:
    """One number a pair and day."""
    return pair_of(host, guest, requests) * date.max.toordinal() + day
