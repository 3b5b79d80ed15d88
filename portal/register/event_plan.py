"""Plans of events as a spreadsheet keeps them: one row an event, saved as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

COLUMNS = (
    "number",
    "title",
    "kind",
    "sport",
    "starts_on",
    "ends_on",
    "country",
    "city",
    "venue",
    "host",
    "url",
    "summary",
    "public",
)
NEEDED = ("number", "title", "kind", "starts_on", "country", "city")
#: A plan of two countries has 800; more than this is another file.
MAX_ROWS = 10_000
YES, NO = ("", "yes", "1", "true"), ("no", "0", "false")


class PlanFault(Exception):
    """A sentence that says why the file as a whole cannot be read."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """`line` is the one that spreadsheets show; every column has a cell."""

    line: int
    cells: dict[str, str]


def read_plan(path: Path) -> list[PlanRow]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise PlanFault(f"{path} cannot be read: {fault.strerror or fault}.") from fault
    except UnicodeDecodeError as fault:
        raise PlanFault(f"{path} is not UTF-8; save it as CSV in UTF-8.") from fault
    head = text.partition("\n")[0]
    if "\0" in text:
        raise PlanFault(f"{path} is no CSV file.")
    source = io.StringIO(text, newline="")
    lines = csv.reader(source, delimiter=max(",;\t", key=head.count), strict=True)
    try:
        rows = list(_rows(lines))
    except csv.Error as fault:
        raise PlanFault(f"{path} is broken: {fault}.") from fault
    if not rows:
        raise PlanFault(f"{path} has no row below its heading.")
    return rows


def _rows(lines: Iterator[list[str]]) -> Iterator[PlanRow]:
    names = _heading(next(lines, []))
    for number, line in enumerate(lines, start=2):
        if number > MAX_ROWS + 1:
            raise PlanFault(f"The file has more than {MAX_ROWS:,} rows.")
        if len(line) > len(names) and any(line[len(names) :]):
            raise PlanFault(f"Row {number} has more cells than the heading.")
        cells = dict.fromkeys(COLUMNS, "") | dict(zip(names, map(str.strip, line), strict=False))
        if any(cells.values()):
            yield PlanRow(number, cells)


def _heading(line: list[str]) -> list[str]:
    names = [cell.strip().casefold() for cell in line]
    unknown = [name for name in names if name not in COLUMNS]
    missing = [name for name in NEEDED if name not in names]
    if unknown or missing or len(set(names)) < len(names):
        raise PlanFault(
            f"The heading does not fit. It needs the columns {', '.join(NEEDED)}, once each;"
            f" it may have {', '.join(name for name in COLUMNS if name not in NEEDED)}."
        )
    return names


def read_day(written: str) -> date:
    """2027-03-06 or 06.03.2027. Raises ValueError with a sentence."""
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(written, pattern).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise ValueError(_("“%(day)s” is not a date.") % {"day": written[:40]})


def read_public(written: str) -> bool:
    """Raises ValueError with a sentence."""
    if written.casefold() not in YES + NO:
        raise ValueError(_("Say yes or no in the column public."))
    return written.casefold() in YES
