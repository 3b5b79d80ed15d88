"""The pages' figures as a table, and which goals they missed."""

from __future__ import annotations

from .pages import CONSTANT, FLOORS, GOALS, TWENTY_ROWS, Measured
from .pages_seen import Seen
from .report import table

PACKAGES = ("django", "wagtail", "gunicorn")
HEAD = (
    *("page", "kB", "kB by gzip", "SQL queries"),
    *("afresh: requests/s", "to 20 rows", "goal", "drawn: requests/s", "to 20 rows", "goal"),
    *("kept: requests/s", "to constant", "goal", "SQL queries"),
)


def pages_report(pages: list[Seen], measured: Measured, machine: str) -> str:
    floors = (
        f"Floors: a constant response {measured.speed(FLOORS, CONSTANT):,.0f} requests/s,"
        f" twenty rows {measured.speed(FLOORS, TWENTY_ROWS):,.0f} requests/s."
    )
    rows = [_row(page, measured) for page in pages]
    return "\n\n".join([machine, floors, table(HEAD, rows)])


def missed(pages: list[Seen], measured: Measured) -> list[str]:
    return [
        f"{page.name}, {way}: {measured.ratio(way, page.address):.2f} of the floor, not {goal}"
        for page in pages
        for way, (_floor, goal) in GOALS.items()
        if measured.ratio(way, page.address) < goal
    ]


def _row(page: Seen, measured: Measured) -> list[str]:
    sizes = [f"{page.size / 1000:.1f}", f"{page.packed / 1000:.1f}"]
    speeds = [figure for way in GOALS for figure in _speeds(page, measured, way)]
    return [page.name, *sizes, str(page.queries), *speeds, str(page.queries_kept)]


def _speeds(page: Seen, measured: Measured, way: str) -> list[str]:
    ratio, goal = measured.ratio(way, page.address), GOALS[way][1]
    verdict = "reached" if ratio >= goal else "missed"
    return [f"{measured.speed(way, page.address):,.0f}", f"{ratio:.2f}", f"{goal}: {verdict}"]
