"""Joint research at the size of its goals, in a PostgreSQL database of its own beside that of DATABASE_URL.

Each figure is taken in a fresh process, so that its peak of memory is its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from .pages import CannotMeasure
from .race import ROOT

PARTS = ("search", "pages", "all", "project", "profile")
ENDING = "_research"
#: Named here: Celery has named those of production by now.
LOCAL = "portal.settings.local"


@dataclass(frozen=True, slots=True)
class House:
    projects: int
    people: int
    calls: int


@dataclass(frozen=True, slots=True)
class Figure:
    """Seconds, or a number of queries, and bytes of the process at its peak."""

    values: list[float]
    peak: int
    found: float = 0


def figures_of(house: House) -> dict[str, Figure]:
    """Raises CannotMeasure."""
    env = os.environ | {"DATABASE_URL": _own_database(), "DJANGO_SETTINGS_MODULE": LOCAL}
    _prepare(house, env)
    return {part: _measured(part, env) for part in PARTS}


def _own_database() -> str:
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        raise CannotMeasure("Research needs PostgreSQL: DATABASE_URL, whose user may create databases.")
    parts = urlsplit(address)
    name = parts.path.strip("/") + ENDING
    with psycopg.connect(address, autocommit=True) as server:
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return urlunsplit(parts._replace(path=f"/{name}"))


def _prepare(house: House, env: dict[str, str]) -> None:
    """Filled once; the next run finds the same house again."""
    _run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], env)
    if _counted(env) == (0, 0, 0):
        sizes = [f"--projects={house.projects}", f"--people={house.people}", f"--calls={house.calls}"]
        _run([sys.executable, "manage.py", "seed_research", *sizes], env)
        with psycopg.connect(env["DATABASE_URL"], autocommit=True) as server:
            server.execute("VACUUM ANALYZE")
    if _counted(env) != (house.projects, house.people, house.calls):
        name = urlsplit(env["DATABASE_URL"]).path.strip("/")
        raise CannotMeasure(f"The database {name} holds a house of another size; drop it to fill it anew.")


def _counted(env: dict[str, str]) -> tuple[int, ...]:
    tables = ("research_project", "research_researcherprofile", "research_call")
    with psycopg.connect(env["DATABASE_URL"]) as server:
        counts = (sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(one)) for one in tables)
        return tuple(server.execute(count).fetchone()[0] for count in counts)


def _measured(part: str, env: dict[str, str]) -> Figure:
    print(f"research: {part}", file=sys.stderr, flush=True)
    said: dict[str, Any] = json.loads(
        _run([sys.executable, "-m", "tests.benchmarks.research_runs", part], env)
    )
    return Figure(**said)


def _run(command: list[str], env: dict[str, str]) -> str:
    """What it writes on standard output; its warnings only when it fails."""
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise CannotMeasure(f"{' '.join(command[1:3])} failed.")
    return done.stdout
