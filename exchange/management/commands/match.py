"""manage.py match POOL.json[.gz] --output PLAN.json[.gz]: the engine on a file, without a database."""

from __future__ import annotations

import csv
import io
import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from exchange.management.fixture_reasons import explained
from exchange.matching import (
    BadPool,
    Objective,
    Plan,
    Pool,
    Progress,
    fairness,
    fairness_document,
    read_plan,
    read_pool,
    solve,
    terms,
    write_plan,
)
from exchange.matching.pool_json import write_whole

BAD_INPUT = 2
Kind = TypeVar("Kind", Pool, Plan)
COLUMNS = ("date", "sport", "category", "host", "guest", "km", "quality", "strength", "distance", "prefer")


class Command(BaseCommand):
    help = "Finds the best plan for a pool in a file, and how near to the optimum it is proven to be."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pool", type=Path, help="exchange-pool/1, plain or gzipped")
        parser.add_argument(
            "--output", type=Path, required=True, help="exchange-plan/1; gzipped if it ends in .gz"
        )
        parser.add_argument("--csv", type=Path, help="the fixtures again, for spreadsheets")
        parser.add_argument("--report", type=Path, help="exchange-fairness/1: who gets what from the plan")
        parser.add_argument("--budget", type=float, help="seconds; without it, until the optimum is proven")
        parser.add_argument("--work", type=float, help="simplex iterations: a limit that repeats exactly")
        parser.add_argument("--gap", type=float, default=0.0, help="near enough to the bound, e.g. 1e-4")
        parser.add_argument("--last", type=Path, help="exchange-plan/1 to begin with, from before a change")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument(
            "--explain",
            nargs=2,
            metavar=("HOST", "GUEST"),
            help="two requests that meet in the plan: why, and what others would cost (a run for each)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        pool = _read(options["pool"], read_pool)
        pair = tuple(options["explain"] or ())
        if unknown := sorted(set(pair) - {request.id for request in pool.requests}):
            raise CommandError(f'--explain: unknown request "{unknown[0]}"', returncode=BAD_INPUT)
        last = _read(options["last"], read_plan) if options["last"] else None
        limits = {name: options[name] for name in ("budget", "work", "gap", "seed")}
        with ProgressBar(sys.stderr) as bar:
            plan = solve(pool, **limits, last=last, on_progress=bar.show)
        try:
            write_plan(plan, options["output"])
            if options["csv"]:
                write_whole(options["csv"], fixtures_csv(pool, plan).encode("utf-8-sig"))
            if options["report"]:
                report = fairness_document(fairness(pool, plan))
                write_whole(options["report"], json.dumps(report, indent=1).encode())
        except OSError as fault:
            raise CommandError(f"{fault.filename}: {fault.strerror}", returncode=BAD_INPUT) from fault
        self.stdout.write(figures(plan))
        if pair:
            self._explain(pool, plan, pair, budget=options["budget"])

    def _explain(self, pool: Pool, plan: Plan, pair: tuple[str, ...], *, budget: float | None) -> None:
        met = [fixture for fixture in plan.fixtures if {fixture.host, fixture.guest} == set(pair)]
        if not met:
            raise CommandError(
                f"--explain: {' and '.join(pair)} do not meet in this plan", returncode=BAD_INPUT
            )
        with ProgressBar(sys.stderr) as bar:
            for line in explained(pool, plan, met[0], budget=budget, waits_for=bar.waits_for):
                self.stdout.write(line)


class ProgressBar:
    """The run on one line of stderr."""

    def __init__(self, stream: Any) -> None:
        self.bar = tqdm(file=stream, unit="part", leave=False, dynamic_ncols=True)

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *fault: object) -> None:
        self.bar.close()

    def show(self, progress: Progress) -> None:
        self.bar.total, self.bar.n = progress.total, progress.done
        self.bar.set_description(progress.stage, refresh=False)
        if progress.objective is not None and progress.bound is not None:
            self.bar.set_postfix_str(gaps(progress.objective, progress.bound), refresh=False)
        self.bar.refresh()

    def waits_for(self, what: str) -> None:
        """For work of which no progress is told."""
        self.bar.total = None
        self.bar.set_description(what)


def gaps(reached: Objective, most: Objective) -> str:
    """How far the objectives are, on one line: "990 served proven, waiting days 1.20e-04, quality proven"."""
    names = [name.replace("_", " ") for name in Objective._fields]
    told = [f"{name} {gap(value, bound)}" for name, value, bound in zip(names, reached, most, strict=True)]
    return ", ".join([f"{reached.served:,} {told[0]}", *told[1:]])


def gap(value: int, bound: int) -> str:
    return "proven" if value == bound else f"{(bound - value) / max(bound, 1):.2e}"


def figures(plan: Plan) -> str:
    """Objective, bound and gap as a small table."""
    lines = [f"{'':14}{'reached':>12}{'at most':>12}{'gap':>10}"]
    for name, value, bound in zip(plan.objective._fields, plan.objective, plan.bound, strict=True):
        lines.append(f"{name.replace('_', ' '):14}{value:>12,}{bound:>12,}{gap(value, bound):>10}")
    lines.append(f"{len(plan.fixtures):,} fixtures, {len(plan.unserved):,} requests without one")
    return "\n".join(lines)


def fixtures_csv(pool: Pool, plan: Plan) -> str:
    """One line a fixture, its quality split by term."""
    requests = {request.id: request for request in pool.requests}
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for fixture in plan.fixtures:
        host, guest = requests[fixture.host], requests[fixture.guest]
        worth = {term.name: term for term in terms(host, guest)}
        cells = (fixture.date.isoformat(), host.sport, host.category, host.team, guest.team)
        km = worth["distance"].params["km"]
        points = [f"{worth[name].points:.1f}" for name in ("strength", "distance", "prefer")]
        table.writerow([*map(harmless, cells), f"{km:.1f}", fixture.quality, *points])
    return text.getvalue()


def harmless(cell: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _read(path: Path, reader: Callable[[Path], Kind]) -> Kind:
    try:
        return reader(path)
    except BadPool as fault:
        raise CommandError(f"{path}: {fault}", returncode=BAD_INPUT) from fault
    except OSError as fault:
        raise CommandError(f"{path}: {fault.strerror}", returncode=BAD_INPUT) from fault
