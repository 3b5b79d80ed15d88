"""All rows that run on one database, each in a process forked from this one: Django is loaded once.

`python -m tests.faults.house` prints a line of JSON a row; `python -m tests.faults` starts it.
"""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import os
import signal
import sys
import time
import traceback
from dataclasses import asdict, dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after the settings
from django.db import connection  # noqa: E402

from portal.embedded import end_with_parent  # noqa: E402

from . import databases  # noqa: E402
from .aim import use  # noqa: E402
from .databases import Database  # noqa: E402
from .scene import Figure, scene  # noqa: E402
from .size import LONG, Size  # noqa: E402
from .table import POSTGRES, SQLITE, Row, rows_for  # noqa: E402

FORK = multiprocessing.get_context("fork")
#: Seconds a row may take to end its servers.
GRACE = 20


@dataclass(frozen=True, slots=True)
class Running:
    row: Row
    process: BaseProcess
    folder: Path
    started: float

    @property
    def ended(self) -> bool:
        return not self.process.is_alive()

    def end(self) -> None:
        self.process.terminate()
        self.process.join(GRACE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()

    def result(self) -> dict[str, object]:
        seconds = round(time.monotonic() - self.started, 1)
        path = self.folder / "figures.json"
        if path.exists():
            figures = json.loads(path.read_text())
        else:
            figures = [asdict(Figure(f"ended without a word; see {self.folder}", holds=False))]
        return {"row": self.row.name, "database": vendor(), "seconds": seconds, "figures": figures}


def vendor() -> str:
    return SQLITE if connection.vendor == "sqlite" else POSTGRES


def run_rows(rows: list[Row], size: Size, template: Database, folder: Path, together: int) -> None:
    """Up to `together` rows at once, each no longer than its limit; results are printed as they come."""
    waiting, running = list(rows), []
    try:
        while waiting or running:
            while waiting and len(running) < (1 if waiting[0].alone else together):
                running.append(start(waiting.pop(0), size, template, folder))
            time.sleep(0.1)
            for one in list(running):
                if one.ended or time.monotonic() > one.started + one.row.limit:
                    one.end()
                    running.remove(one)
                    print(json.dumps(one.result()), flush=True)
    finally:
        for one in running:
            one.end()


def start(row: Row, size: Size, template: Database, folder: Path) -> Running:
    own = folder / f"{row.name}-{connection.vendor}"
    own.mkdir(parents=True)
    # Not the database's client of this process: a child must not talk over its parent's connection.
    connection.close()
    process = FORK.Process(target=act, args=(row, size, template, own))
    process.start()
    return Running(row, process, own, time.monotonic())


def act(row: Row, size: Size, template: Database, folder: Path) -> None:
    """The row's own process."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    end_with_parent()()
    # What a row prints is no result.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with databases.copy(template, row.name.replace("-", "_"), folder) as database:
        use(database)
        try:
            with scene(size, database, folder) as place:
                figures = list(importlib.import_module(row.module).run(place))
        except Exception as fault:  # noqa: BLE001 - it is the row's result
            traceback.print_exc()
            figures = [Figure(f"{type(fault).__name__}: {fault}", holds=False)]
        connection.close()
    (folder / "figures.json").write_text(json.dumps([asdict(figure) for figure in figures]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--template", default="")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--together", type=int, default=1)
    parser.add_argument("--size", type=json.loads, default=asdict(LONG))
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with databases.template(os.environ["DATABASE_URL"], options.template) as (template, is_new):
        if is_new:
            use(template)
            call_command("migrate", verbosity=0, interactive=False)
        rows = rows_for(vendor(), options.only)
        run_rows(rows, Size(**options.size), template, options.folder, options.together)


if __name__ == "__main__":
    main()
