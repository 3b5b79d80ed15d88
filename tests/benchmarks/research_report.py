"""The figures of joint research as a table, and which goals they missed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median, quantiles

from .report import table
from .research import Figure, House

HEAD = ("what", "median", "95 %", "goal", "", "MB at the peak")
#: What each part is called, the most its figure may be, which figure that is, and how it is written.
GOALS: dict[str, tuple[str, float, Callable[[list[float]], float], str]] = {
    "search": ("search by three facets, in the database", 0.1, median, "ms"),
    "pages": ("SQL queries of a page", 12, max, ""),
    "all": ("all suggestions anew", 60, median, "s"),
    "project": ("suggestions after a change of one project", 1, median, "s"),
    "profile": ("suggestions after a change of one profile", 1, median, "s"),
}


def research_report(house: House, figures: dict[str, Figure], machine: str) -> str:
    size = (
        f"{house.projects:,} projects, {house.people:,} people, {house.calls:,} open calls; a search finds"
        f" {figures['search'].found:,.0f} projects on average, {figures['all'].found:,.0f} suggestions stand."
    )
    return "\n\n".join([machine, size, table(HEAD, [_row(part, figures[part]) for part in GOALS])])


def missed_goals(figures: dict[str, Figure]) -> Iterator[str]:
    for part, (name, most, figure, unit) in GOALS.items():
        reached = figure(figures[part].values)
        if reached > most:
            yield f"{name}: {_written(reached, unit)}, not {_written(most, unit)}"


def _row(part: str, measured: Figure) -> list[str]:
    name, most, figure, unit = GOALS[part]
    high = quantiles(measured.values, n=20)[-1] if len(measured.values) > 1 else measured.values[0]
    verdict = "reached" if figure(measured.values) <= most else "missed"
    goal = f"{'at most' if figure is max else 'median'} {_written(most, unit)}"
    return [
        *(name, _written(median(measured.values), unit), _written(high, unit), goal, verdict),
        f"{measured.peak / 2**20:.0f}",
    ]


def _written(value: float, unit: str) -> str:
    if unit == "ms":
        return f"{value * 1000:.1f} ms"
    return f"{value:.2f} s" if unit == "s" else f"{value:g}"
