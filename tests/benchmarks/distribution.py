"""How much faster a pool's components are solved by more workers. By hand:

    python -m tests.benchmarks.distribution POOL [--workers 1 2] [--budget 600] [--gap 0.01]

Each worker is a process held to one processor, as if it stood on a machine of its own, and takes the largest
component that waits. Wall times are those of this machine and of whatever else runs on it; the processor
times beside them are not: the last column deals the components' own processor times out to the workers, the
largest first, and so tells what machines without neighbours would do. Prints two tables in Markdown.
"""

from __future__ import annotations

import argparse
import heapq
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.queues import Queue
from typing import TypeVar

from exchange.matching import Component, Plan, components, joined, read_pool, solve, violations

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Solved:
    number: int
    plan: Plan
    wall: float
    processor: float
    megabytes: int


@dataclass(frozen=True, slots=True)
class Round:
    """All components, solved by so many workers."""

    workers: int
    wall: float
    solved: list[Solved]

    @property
    def dealt(self) -> float:
        """When the last worker is done if each component takes its processor time, and nothing else does."""
        busy = [0.0] * self.workers
        for one in sorted(self.solved, key=lambda one: one.number):
            heapq.heappush(busy, heapq.heappop(busy) + one.processor)
        return max(busy)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pool")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--budget", type=float, default=600.0, help="seconds of one worker for all of it")
    parser.add_argument("--gap", type=float, default=0.0, help="near enough to the bound, as for solve")
    told = parser.parse_args()
    serial: dict[str, float] = {}
    pool = _timed(serial, "read the pool", lambda: read_pool(told.pool))
    parts = _timed(serial, "cut it", lambda: components(pool))
    rounds = [_round(parts, workers, told.budget, told.gap) for workers in told.workers]
    plans = [one.plan for one in rounds[-1].solved]
    plan = _timed(serial, "join the plans", lambda: joined(pool, plans))
    faults = _timed(serial, "check the plan", lambda: list(violations(pool, plan)))
    for line in (*_components_told(parts, rounds[-1]), "", *_rounds_told(rounds, serial)):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"Joined: {tuple(plan.objective)} of at most {tuple(plan.bound)}\n")
    if faults:
        raise SystemExit("\n".join(faults[:20]))


def _timed(seconds: dict[str, float], name: str, act: Callable[[], T]) -> T:
    begun = time.process_time()
    value = act()
    seconds[name] = time.process_time() - begun
    return value


def _round(parts: Sequence[Component], workers: int, budget: float, gap: float) -> Round:
    context = multiprocessing.get_context("spawn")
    waiting, done = context.Queue(), context.Queue()
    work = sum(part.work for part in parts)
    for number, part in enumerate(parts):
        waiting.put((number, part.pool, budget * part.work / work))
    for _ in range(workers):
        waiting.put(None)
    processors = sorted(os.sched_getaffinity(0))
    crew = [
        context.Process(target=_work, args=(waiting, done, processors[i % len(processors)], gap))
        for i in range(workers)
    ]
    for process in crew:
        process.start()
    # From the moment when all are there: how long Python takes to start is not the question.
    for _ in crew:
        done.get()
    begun = time.monotonic()
    solved = [done.get() for _ in parts]
    wall = time.monotonic() - begun
    for process in crew:
        process.join()
    return Round(workers, wall, sorted(solved, key=lambda one: one.number))


def _work(waiting: Queue, done: Queue, processor: int, gap: float) -> None:
    os.sched_setaffinity(0, {processor})
    done.put(None)
    while (task := waiting.get()) is not None:
        number, pool, budget = task
        wall, processor_time = time.monotonic(), time.process_time()
        plan = solve(pool, budget=budget, gap=gap)
        done.put(
            Solved(
                number,
                plan,
                time.monotonic() - wall,
                time.process_time() - processor_time,
                resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            )
        )


def _components_told(parts: Sequence[Component], last: Round) -> Iterator[str]:
    yield "| component | requests | parts | work | processor s | wall s | peak MB | quality below its bound |"
    yield "|---|---|---|---|---|---|---|---|"
    for part, one in zip(parts, last.solved, strict=True):
        bound = one.plan.bound.quality
        gap = (bound - one.plan.objective.quality) / max(bound, 1)
        yield (
            f"| {one.number} | {len(part.pool.requests):,} | {part.parts:,} | {part.work:,}"
            f" | {one.processor:.1f} | {one.wall:.1f} | {one.megabytes:,} | {gap:.1e} |"
        )


def _rounds_told(rounds: list[Round], serial: dict[str, float]) -> Iterator[str]:
    before, first = sum(serial.values()), rounds[0]
    yield "| workers | wall s | × | processor s, all | processor s, dealt out | × | × with the rest |"
    yield "|---|---|---|---|---|---|---|"
    for one in rounds:
        alone = sum(each.processor for each in first.solved)
        yield (
            f"| {one.workers} | {one.wall:.1f} | {first.wall / one.wall:.2f}"
            f" | {sum(each.processor for each in one.solved):.1f} | {one.dealt:.1f}"
            f" | {alone / one.dealt:.2f} | {(alone + before) / (one.dealt + before):.2f} |"
        )
    yield "\nBy one worker, s: " + ", ".join(f"{name} {seconds:.1f}" for name, seconds in serial.items())


if __name__ == "__main__":
    main()
