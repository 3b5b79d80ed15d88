from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Line = list[str]

#: Cells that a spreadsheet would compute are written behind an apostrophe.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
#: Types of content.
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_file(lines: Iterable[Line]) -> bytes:
    """With a byte order mark, without which Excel takes UTF-8 for something else."""
    page = io.StringIO()
    csv.writer(page).writerows([_escaped(cell) for cell in line] for line in lines)
    return page.getvalue().encode("utf-8-sig")


def xlsx_file(sheets: Mapping[str, Iterable[Line]]) -> bytes:
    book = Workbook(write_only=True)
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append([_text_cell(sheet, cell) for cell in line])
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    # XML cannot say these characters at all, and one name must not break the file of everybody.
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text))
    # As text, whatever it begins with: "=1+1" stays a name, and a date stays as it is typed.
    cell.data_type, cell.number_format = "s", "@"
    return cell


def _escaped(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
