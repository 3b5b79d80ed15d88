"""The short form of `make faults`, on a copy of the tests' own database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from portal.embedded import end_with_parent
from tests.journeys.conftest import CHROMIUM
from tests.journeys.running_portal import database_url

from .table import POSTGRES, SQLITE, rows_for

ROOT = Path(__file__).resolve().parents[2]
#: Rows that need servers, or a worker's whole life, run on PostgreSQL alone.
ON_SQLITE = [row.name for row in rows_for(SQLITE, [])]
#: Seconds in which a busy machine must have done it.
LIMIT = 400

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("faults")]


def run(*options: str) -> None:
    # A database that somebody is connected to cannot be copied.
    connection.close()
    command = [sys.executable, "-m", "tests.faults", "--short", "--together", "4", *options]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url()},
        capture_output=True,
        text=True,
        timeout=LIMIT,
        preexec_fn=end_with_parent(),
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def test_every_fault_is_survived(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("the faults are survived on real servers: DATABASE_URL names no PostgreSQL")
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium on this machine: as root, apt install chromium")
    run("--databases", POSTGRES, "--template", database_url())


def test_answers_and_publishing_hold_on_sqlite_too(transactional_db):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's part of the faults is done where the tests run on SQLite")
    rows = [name for name in ON_SQLITE if name != "looking" or Path(CHROMIUM).exists()]
    run("--databases", SQLITE, "--template", database_url(), "--only", *rows)
