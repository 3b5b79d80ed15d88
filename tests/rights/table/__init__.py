"""The table: which role meets what on which route."""

from __future__ import annotations

from tests.rights.rows import Row

from . import (
    accounts,
    agreements,
    calls,
    cms_media,
    cms_pages,
    cms_settings,
    exchange,
    inbox,
    joining,
    outbox,
    profiles,
    public,
    research,
    searches,
    spaces,
)

PARTS = (
    calls,
    profiles,
    public,
    accounts,
    agreements,
    exchange,
    research,
    searches,
    spaces,
    inbox,
    joining,
    outbox,
    cms_pages,
    cms_media,
    cms_settings,
)
ROWS: list[Row] = [row for part in PARTS for row in part.ROWS]
