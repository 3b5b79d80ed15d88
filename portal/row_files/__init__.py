"""Files of rows that people keep in spreadsheets, CSV or XLSX: read with every doubt, written so that no
spreadsheet computes what somebody typed."""

from .reading import MAX_BYTES, MAX_ROWS, BadFile, Fault, Row, read_rows
from .writing import CSV, XLSX, csv_file, xlsx_file

__all__ = [
    "CSV",
    "MAX_BYTES",
    "MAX_ROWS",
    "XLSX",
    "BadFile",
    "Fault",
    "Row",
    "csv_file",
    "read_rows",
    "xlsx_file",
]
