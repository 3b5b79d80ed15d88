"""A database for each row, copied from one that is migrated; none of them outlives the rig."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

#: The process that made it is in the name, so that a later rig knows what a killed one has left.
NAME = re.compile(r"faults_(\d+)(_|$)")
#: Seconds until a template is left by whoever had been connected to it.
PATIENCE = 10


@dataclass(frozen=True, slots=True)
class Postgres:
    url: str

    @property
    def name(self) -> str:
        return urlsplit(self.url).path.strip("/")

    def named(self, name: str) -> Postgres:
        return Postgres(urlunsplit(urlsplit(self.url)._replace(path=f"/{name}")))

    def create(self) -> None:
        self._do("CREATE DATABASE {}", self.name)

    def copy_to(self, other: Postgres) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self._do("CREATE DATABASE {} TEMPLATE {}", other.name, self.name)
            except psycopg.errors.ObjectInUse:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
            else:
                return

    def drop(self) -> None:
        self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)

    def drop_what_killed_rigs_left(self) -> None:
        with closing(self._server()) as server:
            names = [name for (name,) in server.execute("SELECT datname FROM pg_database")]
        for name in names:
            made_by = NAME.match(name)
            if made_by and not Path(f"/proc/{made_by[1]}").exists():
                self.named(name).drop()

    def terminate_connections(self, but: str) -> int:
        """Of all clients of this database except those that call themselves `but`."""
        query = (
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = %s AND application_name <> %s"
        )
        with closing(self._server()) as server:
            return server.execute(query, [self.name, but]).fetchone()[0]

    def connections(self) -> int:
        with closing(self._server()) as server:
            query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
            return server.execute(query, [self.name]).fetchone()[0]

    def _do(self, statement: str, *names: str) -> None:
        with closing(self._server()) as server:
            server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _server(self) -> psycopg.Connection:
        return psycopg.connect(self.named("postgres").url, autocommit=True, connect_timeout=10)


@dataclass(frozen=True, slots=True)
class Sqlite:
    url: str

    @property
    def path(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    def named(self, name: str) -> Sqlite:
        return Sqlite(f"sqlite:///{self.path.with_name(name)}.sqlite3")

    def create(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)

    def copy_to(self, other: Sqlite) -> None:
        shutil.copy(self.path, other.path)

    def drop(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)

    def drop_what_killed_rigs_left(self) -> None:
        """Nothing: it went with the rig's folder."""


Database = Postgres | Sqlite


def database(url: str) -> Database:
    return Sqlite(url) if url.startswith("sqlite:") else Postgres(url)


@contextmanager
def template(server: str, given: str) -> Iterator[tuple[Database, bool]]:
    """A migrated database to copy, and whether it has yet to be migrated. One that is given is left alone."""
    if given:
        yield database(given), False
        return
    made = database(server).named(f"faults_{os.getpid()}")
    made.drop_what_killed_rigs_left()
    made.create()
    try:
        yield made, True
    finally:
        made.drop()


@contextmanager
def copy(source: Database, label: str, folder: Path) -> Iterator[Database]:
    name = f"faults_{os.getpid()}_{label}"
    made = Sqlite(f"sqlite:///{folder / name}.sqlite3") if isinstance(source, Sqlite) else source.named(name)
    source.copy_to(made)
    try:
        yield made
    finally:
        made.drop()
