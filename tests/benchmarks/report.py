"""The results as Markdown tables with ratios."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .race import Run

#: "Proven" is a relative gap below this.
PROVEN = 1e-6
#: The first plan as good as greedy must be there so many seconds after reading.
FIRST_PLAN_SECONDS = 10
#: Figures of a plan or bound; a bound that does not exist is infinite.
Figures = Sequence[float]


@dataclass(frozen=True, slots=True)
class Result:
    """All runs on one pool, by contestant."""

    pool: str
    requests: int
    runs: dict[str, Run]

    def facts(self, contestant: str) -> dict[str, Any] | None:
        run = self.runs.get(contestant)
        return run.facts if run else None


def report(results: Sequence[Result], machine: str) -> str:
    matchings = [result for result in results if "networkx" in result.runs]
    parts = [machine, "**Quality**", table(QUALITY, map(_quality_row, results))]
    parts += ["**Time and memory**", table(TIME, (row for result in results for row in _time_rows(result)))]
    if matchings:
        parts += ["**One date, one fixture each**", table(MATCHING, map(_matching_row, matchings))]
    return "\n\n".join(parts)


def disagreements(result: Result) -> list[str]:
    """What cannot be: two optima that differ, a bound below a plan, two counts of one thing."""
    said = []
    engine = result.facts("engine")
    proven = {
        name: tuple(facts["objective"])
        for name in result.runs
        if (facts := result.facts(name)) and (name in ("networkx", "rustworkx") or facts.get("ended"))
    }
    # Plain HiGHS is told a gap of 10⁻⁶, which on large pools is some points of quality.
    slack = 1 + PROVEN * max((figures[2] for figures in proven.values()), default=0)
    for name, figures in proven.items():
        other = proven.get("engine", figures)
        allowed = slack if name.startswith("plain") else 0
        if figures[:2] != other[:2] or abs(figures[2] - other[2]) > allowed:
            said.append(f"{result.pool}: the engine proves {other}, {name} {figures}")
    for name in result.runs:
        facts = result.facts(name)
        if engine and facts and not _below(facts["objective"], engine["bound"], engine["objective"]):
            said.append(
                f"{result.pool}: {name} reaches {facts['objective']}, above the bound {engine['bound']}"
            )
    counts = {
        facts["possible"] for name in result.runs if (facts := result.facts(name)) and "possible" in facts
    }
    # Fixed fixtures that are impossible are columns of the plain program.
    if max(counts, default=0) - min(counts, default=0) > 0 and "standing" not in result.pool:
        said.append(f"{result.pool}: {sorted(counts)} possible fixtures")
    return said


def _below(figures: Figures, bound: Figures, reached: Figures) -> bool:
    """Whether a plan respects bounds, each of which holds for plans that reach the figures before it."""
    for figure, most, had in zip(figures, bound, reached, strict=True):
        if figure > most:
            return False
        if figure != had:
            return True
    return True


QUALITY = (
    "pool",
    "requests",
    "possible fixtures",
    "greedy: served / waiting days / quality",
    "engine",
    "gap to the bound: served, waiting days, quality",
    "plain HiGHS",
)


def _quality_row(result: Result) -> list[str]:
    engine, greedy, plain = result.facts("engine"), result.facts("greedy"), _best_plain(result)
    possible = next((f["possible"] for n in result.runs if (f := result.facts(n)) and "possible" in f), None)
    return [
        result.pool,
        f"{result.requests:,}",
        "–" if possible is None else f"{possible:,}",
        _figures(greedy),
        _figures(engine) if engine else _end(result, "engine"),
        ", ".join(map(_gap, gaps(engine["objective"], engine["bound"]))) if engine else "–",
        _figures(plain.facts) if plain and plain.facts else "–",
    ]


TIME = (
    "pool",
    "reading",
    "engine: s",
    "CPU s",
    "MB",
    f"as good as greedy after s (at most {FIRST_PLAN_SECONDS})",
    "greedy: s",
    "plain HiGHS: threads",
    "s",
    "CPU s",
    "MB",
    "its gap",
    "engine at that gap after s",
    "plain / engine",
)


def _time_rows(result: Result) -> list[list[str]]:
    engine, run = result.facts("engine"), result.runs["engine"]
    known = [
        result.pool,
        f"{engine['reading']:.1f}" if engine else "–",
        f"{run.seconds:.2f}" if engine else _end(result, "engine"),
        f"{run.cpu:.1f}",
        f"{run.peak / 1e6:.0f}",
        _seconds(_first_as_good(result)),
        f"{result.runs['greedy'].seconds:.2f}" if result.facts("greedy") else _end(result, "greedy"),
    ]
    plain = [name for name in result.runs if name.startswith("plain")]
    rows = [[*known, *_plain_cells(result, name)] for name in plain] or [[*known, *["–"] * 7]]
    # What is known of the engine is told once.
    return [rows[0], *(["", "", "", "", "", "", "", *row[7:]] for row in rows[1:])]


def _plain_cells(result: Result, name: str) -> list[str]:
    run, threads = result.runs[name], name.removeprefix("plain-")
    if not run.facts:
        return [threads, run.end, f"{run.cpu:.1f}", f"{run.peak / 1e6:.0f}", "–", "–", "–"]
    reached = plain_gaps(run.facts)
    at = _same_gap(result, reached)
    ended = "" if run.facts["ended"] else ", did not end"
    ratio = "–" if at is None else f"{'' if run.facts['ended'] else '> '}{run.seconds / at:,.1f}"
    return [
        threads,
        f"{run.seconds:.1f}{ended}",
        f"{run.cpu:.1f}",
        f"{run.peak / 1e6:.0f}",
        ", ".join(map(_gap, reached)),
        "not reached" if at is None else _seconds(at),
        ratio,
    ]


MATCHING = (
    "pool",
    "requests",
    "possible fixtures",
    "served / waiting days / quality",
    "engine: s",
    "networkx: s",
    "networkx / engine",
    "rustworkx: s",
    "rustworkx / engine",
    "same optimum",
)


def _matching_row(result: Result) -> list[str]:
    engine, run = result.facts("engine"), result.runs["engine"]
    cells = [
        result.pool,
        f"{result.requests:,}",
        next((f"{f['possible']:,}" for n in result.runs if (f := result.facts(n)) and "possible" in f), "–"),
        _figures(engine),
        f"{run.seconds:.3f}" if engine else _end(result, "engine"),
    ]
    same = engine is not None
    for name in ("networkx", "rustworkx"):
        facts = result.facts(name)
        cells += [f"{facts['seconds']:.3f}" if facts else _end(result, name)]
        cells += [f"{facts['seconds'] / run.seconds:,.1f}" if facts and engine else "–"]
        same = same and (facts is None or facts["objective"] == result.runs["engine"].facts["objective"])
    return [*cells, "yes" if same else "**no**"]


def gaps(objective: Figures, bound: Figures) -> list[float]:
    """Relative, figure by figure."""
    return [_relative(value, most) for value, most in zip(objective, bound, strict=True)]


def plain_gaps(facts: dict[str, Any]) -> list[float]:
    """Of each of the three programs; infinite for those it did not come to, or that found no plan."""
    reached = [
        math.inf
        if stage["value"] is None or stage["bound"] is None
        else _relative(stage["value"], stage["bound"])
        for stage in facts["stages"]
    ]
    return reached + [math.inf] * (3 - len(reached))


def _relative(value: float, most: float) -> float:
    return max(0.0, most - value) / most if most else 0.0


def _same_gap(result: Result, reached: Figures) -> float | None:
    """Seconds until the engine's gaps were as small, an earlier figure's counting before a later one's."""
    engine = result.facts("engine")
    aim = _counted(reached)
    for seconds, objective, bound in engine["marks"] if engine else ():
        if _counted(gaps(objective, bound)) <= aim:
            return float(seconds)
    return None


def _counted(figures: Iterable[float]) -> list[float]:
    return [0.0 if figure < PROVEN else figure for figure in figures]


def _first_as_good(result: Result) -> float | None:
    engine, greedy = result.facts("engine"), result.facts("greedy")
    if not engine or not greedy:
        return None
    told = (seconds for seconds, objective, _ in engine["marks"] if objective >= greedy["objective"])
    return next(told, None)


def _best_plain(result: Result) -> Run | None:
    plain = [run for name, run in result.runs.items() if name.startswith("plain") and run.facts]
    return max(plain, key=lambda run: (run.facts["objective"], -run.seconds), default=None)


def _end(result: Result, contestant: str) -> str:
    return result.runs[contestant].end if contestant in result.runs else "–"


def _figures(facts: dict[str, Any] | None) -> str:
    return " / ".join(f"{figure:,}" for figure in facts["objective"]) if facts else "–"


def _gap(figure: float) -> str:
    if math.isinf(figure):
        return "none"
    return "proven" if figure < PROVEN else f"{figure:.1e}"


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.2f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
