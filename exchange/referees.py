"""The database's own word against double booking: an exclusion constraint on PostgreSQL, triggers on SQLite.

Installed by a migration. Django's SQLite schema editor rebuilds a table to alter it and loses its triggers in
doing so; therefore they are put back after every `migrate` (apps.py).
"""

from __future__ import annotations

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "exchange_occupancy"
CONSTRAINT = "no_double_booking"

#: Times are compared as times, since nothing keeps a text column to one way of writing them.
_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON exchange_occupancy
FOR EACH ROW WHEN NEW.active
BEGIN
  SELECT RAISE(ABORT, 'occupancy needs times that can be read')
  WHERE julianday(NEW.starts) IS NULL OR julianday(NEW.ends) IS NULL;
  SELECT RAISE(ABORT, 'double booking: the resource is taken at that time')
  WHERE EXISTS (
    SELECT 1 FROM exchange_occupancy AS other
    WHERE other.resource = NEW.resource AND other.active {but}
      AND julianday(other.starts) < julianday(NEW.ends)
      AND julianday(other.ends) > julianday(NEW.starts)
  );
END
"""
TRIGGERS = {
    "no_double_booking_insert": {"event": "INSERT", "but": ""},
    "no_double_booking_update": {
        "event": "UPDATE OF resource, starts, ends, active",
        "but": "AND other.id <> OLD.id",
    },
}

#: `resource WITH =` needs the extension btree_gist, which the owner of a database may create.
EXCLUSION = """
ALTER TABLE exchange_occupancy ADD CONSTRAINT no_double_booking
EXCLUDE USING gist (resource WITH =, tstzrange(starts, ends, '[)') WITH &&) WHERE (active)
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Puts the referees that are missing; a second call changes nothing."""
    with connection.cursor() as cursor:
        for name in sorted(missing(connection)):
            if connection.vendor == "postgresql":
                cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
                cursor.execute(EXCLUSION)
            else:
                cursor.execute(_TRIGGER.format(name=name, **TRIGGERS[name]))


def remove(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE exchange_occupancy DROP CONSTRAINT IF EXISTS no_double_booking")
            return
        for name in TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the referees that ought to be in this database and are not."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = to_regclass(%s)", [TABLE])
            expected = {CONSTRAINT}
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
            expected = set(TRIGGERS)
        return expected - {name for (name,) in cursor.fetchall()}


def put_back(*, using: str, **signal: object) -> None:
    """After `migrate`: whatever a later migration did to the table, its triggers stand again."""
    connection = connections[using]
    if connection.vendor == "sqlite" and TABLE in connection.introspection.table_names():
        install(connection)
