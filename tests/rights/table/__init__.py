"""The table: which role meets what on which route."""

from __future__ import annotations

from tests.rights.rows import Row

from . import accounts, cms_media, cms_pages, cms_settings, exchange, inbox, joining, outbox, public, research

PARTS = (public, accounts, exchange, research, inbox, joining, outbox, cms_pages, cms_media, cms_settings)
ROWS: list[Row] = [row for part in PARTS for row in part.ROWS]
