"""`make bench`: the engine beside greedy, HiGHS, networkx and rustworkx; the pages beside two floors.

Exits 1 when a plan breaks a rule, when two proven optima differ, or when pages asked for cannot be measured.
"""

from __future__ import annotations

import argparse
import re
import signal
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from .machine import described, memory
from .pages import CannotMeasure, measure
from .pages_report import PACKAGES, missed, pages_report
from .race import ROOT, Limits, fastest, prepared
from .report import Result, disagreements, report
from .research import House, figures_of
from .research_report import missed_goals, research_report

RESEARCH_PACKAGES = ("django", "numpy", "scipy", "scikit-learn")
PAGE = ROOT / "docs" / "benchmarks.md"
SHARED = ROOT.parent / "shared" / "matching" / "instances"

INSTANCES = ("scarce-1000", "europe-1000", "europe-3000", "mixed-10000", "world-10000", "mixed-100000")
MATCHINGS = ("europe-1000@one-date", "europe-3000@one-date", "europe-1000@open-date")
#: Where the instances are absent.
ELSEWHERE = ("cities-1000-1", "sports-3000-1", "sparse-dates-1000-1", "cities-1000-1@one-date")
#: Drawn from in this order: those that are hard for different reasons first.
STYLES = (
    *("cities", "small-halls", "equal-ratings", "many-wanted", "sports", "one-city"),
    *("long-rest", "sparse-dates", "equal-waiting", "standing", "all-alike"),
)


def main() -> int:
    asked = _asked()
    chosen = asked.pools is not None or asked.generate > 0
    parts = [asked.only] if asked.only else ["pools"] if chosen else list(MEASURED)
    return max([MEASURED[part](asked) for part in parts])


def _pages(asked: argparse.Namespace) -> int:
    """A goal that is missed is a figure, not a fault."""
    try:
        pages, measured = measure(asked.rounds, asked.seconds)
    except CannotMeasure as fault:
        print(fault, file=sys.stderr)
        return 1 if asked.only else 0
    text = pages_report(pages, measured, described(datetime.now().astimezone().date(), PACKAGES))
    print(text)
    for goal in missed(pages, measured):
        print(f"missed: {goal}", file=sys.stderr)
    if asked.write:
        _write("pages", text)
    return 0


def _research(asked: argparse.Namespace) -> int:
    house = House(asked.projects, asked.people, asked.calls)
    try:
        figures = figures_of(house)
    except CannotMeasure as fault:
        print(fault, file=sys.stderr)
        return 1 if asked.only else 0
    text = research_report(house, figures, described(datetime.now().astimezone().date(), RESEARCH_PACKAGES))
    print(text)
    for goal in missed_goals(figures):
        print(f"missed: {goal}", file=sys.stderr)
    if asked.write:
        _write("research", text)
    return 0


def _pools(asked: argparse.Namespace) -> int:
    limits = Limits(asked.budget, asked.plain_limit, int(asked.memory * 2**30))
    results, faults = [], []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(asked.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for name in _names(asked):
            result, broken = _measured(name, folder, limits, asked.plain_threads)
            results.append(result)
            faults += broken + disagreements(result)
    text = report(results, described(datetime.now().astimezone().date()))
    print(text)
    for fault in faults:
        print(fault, file=sys.stderr)
    if asked.write and not faults:
        _write("results", text)
    return 1 if faults else 0


def _write(section: str, text: str) -> None:
    between = re.compile(rf"(?<=<!-- {section} -->\n).*?(?=<!-- end of {section} -->)", re.DOTALL)
    PAGE.write_text(between.sub(lambda _: f"\n{text}\n\n", PAGE.read_text()))


def _measured(name: str, folder: Path, limits: Limits, threads: list[int]) -> tuple[Result, list[str]]:
    try:
        pool, facts = prepared(name, folder)
    except LookupError as fault:
        sys.exit(str(fault))
    runs, faults = {}, []
    plain = [f"plain-{count}" for count in threads] if limits.plain > 0 else []
    matching = ["networkx", "rustworkx"] if facts["matching"] else []
    for contestant in ("engine", "greedy", *matching, *plain):
        run, broken = fastest(contestant, pool, folder, limits)
        print(f"{name}: {contestant} {run.end or f'{run.seconds:.2f} s'}", file=sys.stderr, flush=True)
        runs[contestant] = run
        faults += broken
        if run.end.startswith("failed"):
            faults.append(f"{name}, {contestant}: {run.end}")
    return Result(name, facts["requests"], runs), faults


def _names(asked: argparse.Namespace) -> list[str]:
    drawn = [
        f"{STYLES[i % len(STYLES)]}-{asked.size}-{asked.seed + i // len(STYLES)}"
        for i in range(asked.generate)
    ]
    if asked.pools is not None or drawn:
        return [*(asked.pools or ()), *drawn]
    return [*INSTANCES, *MATCHINGS] if SHARED.is_dir() else [*ELSEWHERE]


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.split("\n")[0])
    option = asked.add_argument
    option("--only", choices=tuple(MEASURED), help="one of the parts (all, unless pools are named)")
    option("--projects", type=int, default=10_000, help="of the house of research (10000)")
    option("--people", type=int, default=50_000, help="of the house of research (50000)")
    option("--calls", type=int, default=2_000, help="open ones of the house of research (2000)")
    option("--rounds", type=int, default=5, help="through all pages (5)")
    option("--seconds", type=int, default=2, help="for which each page is asked in a round (2)")
    option(
        "--pools", nargs="*", metavar="NAME", help="instances, files, style-size-seed; @one-date, @open-date"
    )
    option("--generate", type=int, default=0, metavar="N", help="so many generated pools, style after style")
    option("--size", type=int, default=1000, help="requests of a generated pool (1000)")
    option("--seed", type=int, default=1, help="of the first generated pools (1)")
    option("--budget", type=float, default=300, metavar="SECONDS", help="the engine's time a pool (300)")
    option(
        "--plain-limit", type=float, default=600, metavar="SECONDS", help="of each other; 0: no HiGHS (600)"
    )
    option(
        "--plain-threads", type=int, nargs="+", default=[1, 2], choices=(1, 2), help="of plain HiGHS (1 2)"
    )
    option("--memory", type=float, default=round(0.8 * memory() / 2**30, 1), help="GB a contestant may take")
    option("--keep", metavar="FOLDER", help="leave pools, plans and figures there")
    option(
        "--write",
        action="store_true",
        help="put the tables into docs/benchmarks.md, unless something is wrong",
    )
    return asked.parse_args()


MEASURED = {"pools": _pools, "pages": _pages, "research": _research}

if __name__ == "__main__":
    # Ended from outside, it ends its contestant too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
