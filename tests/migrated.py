"""Parallel workers migrate nothing: that is done once, while they collect, and each takes a copy."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from .faults.databases import Database, Postgres, Sqlite, database

ROOT = Path(__file__).resolve().parents[1]


def tests_database() -> Database:
    facts = settings.DATABASES["default"]
    if facts["ENGINE"].endswith("sqlite3"):
        return Sqlite(f"sqlite:///{facts['TEST']['NAME']}")
    return Postgres(os.environ["DATABASE_URL"]).named(facts["TEST"]["NAME"] or f"test_{facts['NAME']}")


class MigratesOnce:
    """A plugin of the process that starts the workers."""

    def __init__(self) -> None:
        self.database = tests_database()
        self.migration: subprocess.Popen[bytes] | None = None

    def pytest_configure_node(self, node) -> None:
        node.workerinput["migrated"] = self.database.url

    def pytest_xdist_setupnodes(self) -> None:
        self.database.drop()
        self.database.create()
        self.migration = subprocess.Popen(
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            cwd=ROOT,
            env=os.environ
            | {"DATABASE_URL": self.database.url, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE},
        )

    def pytest_xdist_node_collection_finished(self) -> None:
        """Before this a worker is given no test."""
        if self.migration.wait():
            pytest.exit("The migrations failed.", returncode=pytest.ExitCode.INTERNAL_ERROR)

    def pytest_unconfigure(self) -> None:
        if self.migration:
            self.migration.kill()
            self.migration.wait()
            self.database.drop()


@contextmanager
def copied(url: str) -> Iterator[None]:
    """The worker's own database, under the name by which Django will look for it."""
    own = tests_database()
    own.drop()
    database(url).copy_to(own)
    yield
    connection.close()
    own.drop()
