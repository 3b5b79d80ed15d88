"""Request files: their columns; how such files are read is the portal's."""

from __future__ import annotations

from portal import row_files
from portal.row_files import MAX_BYTES, MAX_ROWS, BadFile, Row

__all__ = ["COLUMNS", "MAX_BYTES", "MAX_ROWS", "BadFile", "Row", "read_rows"]

COLUMNS = (
    "team",
    "host_dates",
    "travel_dates",
    "wanted",
    "min_rest_days",
    "max_distance_km",
    "max_rating_gap",
    "avoid",
    "prefer",
    "notes",
)


def read_rows(raw: bytes) -> list[Row]:
    """As portal.row_files does; raises BadFile."""
    return row_files.read_rows(raw, columns=COLUMNS, needed="team")
