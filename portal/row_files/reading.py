"""CSV and XLSX files as rows of text: what they hold is judged elsewhere, row by row.

The file may be anything somebody found on a disk: `BadFile` says in one sentence why it cannot be read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zipfile import BadZipFile, ZipFile

import openpyxl
from django.utils.translation import gettext as _

from .writing import FORMULA_STARTS

MAX_BYTES = 4 * 1024 * 1024
#: Of an XLSX file once unpacked: 5,000 rows need a tenth of it, a zip bomb a thousand times as much.
MAX_UNPACKED = 40 * 1024 * 1024
MAX_ROWS = 5_000
#: Blank rows count too: a stray format in row 1,048,576 must not make us read a million of them.
MAX_LINES = 4 * MAX_ROWS
ZIP_MAGIC, OLD_EXCEL_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

Line = list[str]


class BadFile(ValueError):
    """One sentence, already translated."""


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is the one that spreadsheets show; every column that was asked for has a cell."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """Where in the file, and what is wrong there in one sentence."""

    row: int
    column: str
    text: str


def read_rows(raw: bytes, *, columns: Sequence[str], needed: str) -> list[Row]:
    """At most `MAX_ROWS` rows that are not blank, at least one; the column `needed` must be there."""
    if len(raw) > MAX_BYTES:
        raise BadFile(_("The file is larger than %s MB.") % (MAX_BYTES // 1024 // 1024))
    if raw.startswith(OLD_EXCEL_MAGIC):
        raise BadFile(_("This is a file of an old Excel; save it as .xlsx or .csv."))
    lines = _xlsx_lines(raw, len(columns)) if raw.startswith(ZIP_MAGIC) else _csv_lines(raw)
    numbered = _limited((number, line) for number, line in enumerate(lines, start=1) if any(line))
    if not numbered:
        raise BadFile(_("The file is empty."))
    (_first, header), *rest = numbered
    names = _columns(header, columns, needed)
    if not rest:
        raise BadFile(_("The file has a heading, but no row below it."))
    return [_row(number, line, names, columns) for number, line in rest]


def _limited(numbered: Iterator[tuple[int, Line]]) -> list[tuple[int, Line]]:
    found = []
    for number, line in numbered:
        if number > MAX_LINES or len(found) > MAX_ROWS:
            raise BadFile(_("The file has more than %s rows; share them out over several files.") % MAX_ROWS)
        found.append((number, line))
    return found


def _columns(header: Line, columns: Sequence[str], needed: str) -> list[str]:
    names = [cell.casefold() for cell in header]
    while names and not names[-1]:
        names.pop()
    for name in names:
        if name not in columns:
            known = ", ".join(columns)
            raise BadFile(
                _("“%(name)s” is not a column. The columns are: %(known)s.")
                % {"name": name[:40], "known": known}
            )
        if names.count(name) > 1:
            raise BadFile(_("The column %s stands in the heading twice.") % name)
    if needed not in names:
        raise BadFile(_("The column %s is missing in the first row, the heading.") % needed)
    return names


def _row(number: int, line: Line, names: list[str], columns: Sequence[str]) -> Row:
    if any(line[len(names) :]):
        raise BadFile(_("Row %s has more cells than the heading.") % number)
    cells = dict.fromkeys(columns, "")
    cells.update(zip(names, line, strict=False))
    return Row(number, cells)


def _csv_lines(raw: bytes) -> Iterator[Line]:
    if b"\0" in raw:
        raise BadFile(_("This is neither a CSV nor an XLSX file."))
    text = _decoded(raw)
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=head.count)
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            yield [_unescaped(cell.strip()) for cell in line]
    except csv.Error as fault:
        raise BadFile(_("The CSV file is broken: %s.") % fault) from fault


def _decoded(raw: bytes) -> str:
    """UTF-8, and what Excel writes where Cyrillic is at home."""
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile(_("The letters of this file cannot be read; save it as CSV in UTF-8."))


def _unescaped(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def _xlsx_lines(raw: bytes, width: int) -> Iterator[Line]:
    _refuse_bombs(raw)
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
        # A generator: faults of later rows surface here too.
        yield from _sheet_lines(book.worksheets[0].iter_rows(max_col=width + 1))
    except BadFile:
        raise
    except Exception as fault:
        raise BadFile(_("This XLSX file cannot be read; save it once more as .xlsx or .csv.")) from fault


def _refuse_bombs(raw: bytes) -> None:
    try:
        with ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (BadZipFile, OSError, ValueError) as fault:
        raise BadFile(_("This XLSX file is broken or cut short.")) from fault
    if unpacked > MAX_UNPACKED:
        raise BadFile(_("This XLSX file holds far more than such a file can."))


def _sheet_lines(rows: Iterable[tuple]) -> Iterator[Line]:
    for number, cells in enumerate(rows, start=1):
        if any(cell.data_type == "f" for cell in cells):
            raise BadFile(_("Row %s holds a formula; replace it by its value.") % number)
        yield [_text(cell.value) for cell in cells]


def _text(value: object) -> str:
    """As a person would write it: whole numbers without a point, dates by ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
