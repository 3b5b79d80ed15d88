"""docs/reference/roles.md, read back: what it promises people is what the table says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .outcomes import CHANGES_NOTHING, REFUSALS, Cell
from .rows import Role

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "roles.md"
#: | what | one cell a role | `route` object |
LINE = re.compile(r"^\|(?P<what>[^|]+)\|(?P<cells>.+)\| `(?P<route>[\w:]+)` ?(?P<of>\w*) \|$")


def word(cell: Cell) -> str:
    if cell.own in REFUSALS:
        return "–"
    return "own" if cell.other in CHANGES_NOTHING else "yes"


def heads() -> list[list[str]]:
    """The roles above each table."""
    lines = [line for line in PAGE.read_text().splitlines() if line.endswith("route, object |")]
    return [[cell.strip().lower() for cell in line.split("|")[2:-2]] for line in lines]


def promises() -> Iterator[tuple[str, str, dict[Role, str]]]:
    """Route, object, and the word for each role."""
    for line in PAGE.read_text().splitlines():
        if match := LINE.match(line):
            cells = [cell.strip() for cell in match["cells"].split("|")]
            yield match["route"], match["of"], dict(zip(Role, cells, strict=True))
