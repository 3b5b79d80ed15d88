"""The two databases' full text: an index over stems on PostgreSQL, an FTS5 table kept by triggers on SQLite.

Both get words that stems.py has cut, so both find the same; see docs/decisions/0022-search.md.
"""

from __future__ import annotations

# ruff: noqa: S608, S610, S611 - names of tables are constants here, and what people ask is a parameter
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from portal.models import SearchEntry

TABLE = "portal_searchentry"
FTS = "portal_searchentry_fts"
#: A hit in the title counts as much as so many in the text.
TITLE_WEIGHT = 8.0

_POSTGRESQL = (
    f"CREATE INDEX IF NOT EXISTS portal_search_words ON {TABLE} USING gin (to_tsvector('simple', words))",
)
_SQLITE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {FTS} USING fts5(heading, words, content='{TABLE}',"
    " content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TRIGGER IF NOT EXISTS portal_search_insert AFTER INSERT ON {TABLE} BEGIN"
    f" INSERT INTO {FTS}(rowid, heading, words) VALUES (new.id, new.heading, new.words); END",
    f"CREATE TRIGGER IF NOT EXISTS portal_search_delete AFTER DELETE ON {TABLE} BEGIN"
    f" INSERT INTO {FTS}({FTS}, rowid, heading, words) VALUES ('delete', old.id, old.heading, old.words);"
    " END",
    f"CREATE TRIGGER IF NOT EXISTS portal_search_update AFTER UPDATE ON {TABLE} BEGIN"
    f" INSERT INTO {FTS}({FTS}, rowid, heading, words) VALUES ('delete', old.id, old.heading, old.words);"
    f" INSERT INTO {FTS}(rowid, heading, words) VALUES (new.id, new.heading, new.words); END",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """A second call changes nothing."""
    with connection.cursor() as cursor:
        for statement in _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def put_back(*, using: str, **signal: object) -> None:
    """After `migrate`: a table that SQLite had to rebuild has lost its triggers."""
    if connections[using].vendor == "sqlite" and TABLE in connections[using].introspection.table_names():
        install(connections[using])


def matching(stems: list[str], entries: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
    """Those of `entries` that hold all stems; the last one may go on."""
    if connection.vendor == "postgresql":
        held = "to_tsvector('simple', portal_searchentry.words) @@ to_tsquery('simple', %s)"
        return entries.extra(where=[held], params=[_tsquery(stems)])
    held = [f"{FTS}.rowid = {TABLE}.id", f"{FTS} MATCH %s"]
    return entries.extra(tables=[FTS], where=held, params=[_fts5(stems)])


def keys_matching(stems: list[str]) -> RawSQL:
    """The same for a condition inside other queries: `pk__in=keys_matching(…)`."""
    if connection.vendor == "postgresql":
        held = "to_tsvector('simple', words) @@ to_tsquery('simple', %s)"
        return RawSQL(f"SELECT id FROM {TABLE} WHERE {held}", [_tsquery(stems)])
    return RawSQL(f"SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s", [_fts5(stems)])


def ranked(stems: list[str], entries: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
    """What `matching` has left, the best first."""
    if connection.vendor == "postgresql":
        weighted = (
            "setweight(to_tsvector('simple', heading), 'A') || setweight(to_tsvector('simple', words), 'D')"
        )
        rank = {"rank": f"-ts_rank({weighted}, to_tsquery('simple', %s))"}
        return entries.extra(select=rank, select_params=[_tsquery(stems)], order_by=["rank", "title", "pk"])
    rank = {"rank": f"bm25({FTS}, {TITLE_WEIGHT}, 1.0)"}
    return entries.extra(select=rank, order_by=["rank", "title", "pk"])


def _tsquery(stems: list[str]) -> str:
    return " & ".join(f"'{stem}'" for stem in stems) + ":*"


def _fts5(stems: list[str]) -> str:
    return " ".join(f'"{stem}"' for stem in stems) + " *"
