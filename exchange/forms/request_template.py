"""The empty request file that people fill in: one row for each of their teams."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from exchange.models import Team

from .request_file import COLUMNS, FORMULA_STARTS
from .request_rows import DEFAULTS

Line = list[str]


def csv_template(teams: list[Team]) -> bytes:
    """With a byte order mark, without which Excel takes UTF-8 for something else."""
    page = io.StringIO()
    csv.writer(page).writerows([_escaped(cell) for cell in line] for line in _lines(teams))
    return page.getvalue().encode("utf-8-sig")


def xlsx_template(teams: list[Team], opponents: Iterable[Team]) -> bytes:
    """A second sheet lists whom the teams could meet, with the numbers that `avoid` and `prefer` may name."""
    book = Workbook(write_only=True)
    _fill(book.create_sheet("requests"), _lines(teams))
    _fill(book.create_sheet("opponents"), _opponents(opponents))
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


def _lines(teams: list[Team]) -> Iterator[Line]:
    yield list(COLUMNS)
    named = Counter(team.name.casefold() for team in teams)
    for team in teams:
        cells = dict.fromkeys(COLUMNS, "") | DEFAULTS
        cells["team"] = team.name if named[team.name.casefold()] == 1 else str(team.pk)
        yield list(cells.values())


def _opponents(teams: Iterable[Team]) -> Iterator[Line]:
    yield ["number", "team", "club", "university", "city", "sport", "category"]
    for team in teams:
        club, university = team.club, team.club.university
        yield [
            str(team.pk),
            team.name,
            club.name,
            university.name,
            university.city,
            team.sport,
            team.category,
        ]


def _fill(sheet: WriteOnlyWorksheet, lines: Iterable[Line]) -> None:
    for line in lines:
        sheet.append([_text_cell(sheet, cell) for cell in line])


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    # XML cannot say these characters at all, and one name must not break the file of everybody.
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text))
    # As text, whatever it begins with: "=1+1" stays a name, and a date stays as it is typed.
    cell.data_type, cell.number_format = "s", "@"
    return cell


def _escaped(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
