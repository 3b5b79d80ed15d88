"""The table with the figures reached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .hurry import TOLD
from .size import Size
from .table import ROWS


def header(size: Size) -> str:
    return f"{TOLD}\n{size.mails:,} invitations in {size.storm:g} s of storm.\n"


def line_of(result: dict[str, Any]) -> str:
    return (
        f"{_mark(result)} {result['row']} ({result['database']}, {result['seconds']} s): {_figures(result)}"
    )


def table(results: Iterable[dict[str, Any]]) -> str:
    rows = {row.name: row for row in ROWS}
    lines = ["| | fault | must hold | reached |", "|---|---|---|---|"]
    for result in results:
        row = rows[result["row"]]
        where = f" ({result['database']})" if len(row.databases) > 1 else ""
        lines.append(f"| {_mark(result)} | {row.fault}{where} | {row.must_hold} | {_figures(result)} |")
    return "\n".join(lines)


def _mark(result: dict[str, Any]) -> str:
    return "holds" if all(figure["holds"] for figure in result["figures"]) else "FAILS"


def _figures(result: dict[str, Any]) -> str:
    told = (figure["text"] if figure["holds"] else f"**{figure['text']}**" for figure in result["figures"])
    return "; ".join(" ".join(text.replace("|", "/").split()) for text in told)
