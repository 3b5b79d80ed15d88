"""The best plan of a pool, proven: fixed fixtures set aside, independent parts solved side by side."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import date

import numpy as np

from .candidates import Ints, candidates
from .check import check_pool
from .explain import unserved_requests
from .greedy import greedy, scarcest_first
from .model import Model, model_of
from .part import PartPlan, first_plan, improve
from .parts import left_over, split
from .quality import quality
from .types import Fixture, Objective, Plan, Pool, Progress
from .watch import Watch

#: A caller who raises from `on_progress` is heard after at most this long.
HEARTBEAT_SECONDS = 0.25

Listener = Callable[[Progress], None]


def solve(
    pool: Pool, *, budget: float | None = None, seed: int = 0, on_progress: Listener | None = None
) -> Plan:
    """The lexicographically best plan with proven bounds.

    Parameters
    ----------
    budget : seconds after which the best plan so far is returned, with a bound that is honest but not met
    seed : moves nothing while there is time to prove the optimum's value; another seed may give another
        plan of the same value
    on_progress : called in the caller's thread a few times a second; what it raises ends the run and
        is raised from here

    Raises
    ------
    BadPool : the pool breaks its own rules
    """
    watch = Watch(budget)
    check_pool(pool)
    run = _Run(pool, watch, seed, on_progress or (lambda _: None))
    run.work()
    return run.plan()


class _Run:
    """One run: the parts and the best plan of each so far."""

    def __init__(self, pool: Pool, watch: Watch, seed: int, listener: Listener) -> None:
        self.pool, self.watch, self.seed, self.listener = pool, watch, seed, listener
        self.done, self.stage, self.told = 0, "", 0.0
        self.parts: list[PartPlan] = []
        self.tell("candidates")
        self.found = candidates(pool)
        self.left = left_over(pool, self.found)
        self.base = self._fixed_objective()
        self.tell("first plan")
        self.models = [self._model(piece) for piece in split(self.left)]
        self.parts = self._first_parts()

    def work(self) -> None:
        """Improves all parts, the largest first, in as many threads as there are processors."""
        self.tell("optimum")
        with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as threads:
            pending = {threads.submit(self._improve, i) for i in range(len(self.parts))}
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
        fixtures = sorted(
            (*self._fixed_fixtures(), *self._chosen_fixtures()), key=lambda f: (f.date, f.host, f.guest)
        )
        return Plan(
            fixtures=tuple(fixtures),
            objective=self._objective(),
            bound=self._bound(),
            unserved=unserved_requests(self.pool, fixtures),
        )

    def tell(self, stage: str, *, last: bool = False) -> None:
        """Speaks to the caller, though not more often than anyone listens."""
        if stage == self.stage and self.watch.seconds < self.told + HEARTBEAT_SECONDS and not last:
            return
        self.stage, self.told = stage, self.watch.seconds
        objective = self._objective() if self.parts else None
        bound = self._bound() if self.parts else None
        self.listener(Progress(stage, objective, bound, self.done, len(self.parts), self.watch.seconds))

    def _model(self, piece: Ints) -> Model:
        self.tell("first plan")
        return model_of(self.left, piece)

    def _improve(self, i: int) -> None:
        if not self.watch.over:
            for better in improve(self.models[i], self.parts[i], self.watch):
                self.parts[i] = better

    def _collect(self, finished: set[Future[None]]) -> None:
        for future in finished:
            future.result()
        self.done += len(finished)

    def _first_parts(self) -> list[PartPlan]:
        """The better of two quick plans, part by part."""
        plans = []
        quick = [np.isin(np.arange(len(self.left.open)), way(self.left)) for way in (scarcest_first, greedy)]
        for model in self.models:
            ways = [first_plan(model, np.nonzero(chosen[model.piece])[0]) for chosen in quick]
            plans.append(max(ways, key=lambda plan: plan.objective))
        return plans

    def _objective(self) -> Objective:
        return Objective(
            *(sum(column) for column in zip(self.base, *(p.objective for p in self.parts), strict=True))
        )

    def _bound(self) -> Objective:
        """A part's bound counts where all figures before it are proven everywhere: else they are traded."""
        figures, proven = [], True
        for stage in range(3):
            bounds = [(p.bound if proven else p.loose)[stage] for p in self.parts]
            figures.append(self.base[stage] + sum(bounds))
            proven = proven and all(p.bound[stage] == p.objective[stage] for p in self.parts)
        return Objective(*figures)

    def _fixed_objective(self) -> Objective:
        served = [request for request, has in zip(self.found.requests, self.left.served, strict=True) if has]
        worth = sum(f.quality for f in self._fixed_fixtures())
        return Objective(len(served), sum(request.waiting_days for request in served), worth)

    def _fixed_fixtures(self) -> list[Fixture]:
        requests = {request.id: request for request in self.pool.requests}
        return [
            Fixture(f.host, f.guest, f.date, quality(requests[f.host], requests[f.guest]))
            for f in self.pool.fixed
        ]

    def _chosen_fixtures(self) -> list[Fixture]:
        chosen = [np.empty(0, np.int64)]
        for model, part in zip(self.models, self.parts, strict=True):
            chosen.append(model.piece[np.nonzero(part.value[: model.fixtures])[0]])
        open_, requests = self.left.open.take(np.concatenate(chosen)), self.found.requests
        columns = (open_.host.tolist(), open_.guest.tolist(), open_.day.tolist(), open_.quality.tolist())
        return [
            Fixture(requests[host].id, requests[guest].id, date.fromordinal(day), worth)
            for host, guest, day, worth in zip(*columns, strict=True)
        ]
