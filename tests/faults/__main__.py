"""`python -m tests.faults`: what `make faults` runs. Prints the table; exit code 1 if any row fails.

DATABASE_URL names a PostgreSQL server whose role may create databases. Redis and the mail server are the
rig's own.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from portal.embedded import end_with_parent

from .hurry import SMTP_TIMEOUT
from .report import header, line_of, table
from .size import LONG, SHORT, Size
from .table import POSTGRES, ROWS, SQLITE, rows_for

ROOT = Path(__file__).resolve().parents[2]
SERVER = "postgres://postgres@127.0.0.1:5432/postgres"


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--mails", type=int, help="invitations of the first row; 10,000 unless it is short")
    parser.add_argument("--seconds", type=float, help="how long they are written while things are killed")
    parser.add_argument("--short", action="store_true", help="a tenth of everything, as in `make test`")
    parser.add_argument("--only", nargs="*", default=[], metavar="ROW", choices=[row.name for row in ROWS])
    parser.add_argument("--together", type=int, default=1, help="rows that run at once")
    parser.add_argument("--databases", nargs="*", default=[POSTGRES, SQLITE], choices=[POSTGRES, SQLITE])
    parser.add_argument("--template", default="", help="URL of a migrated database to copy")
    return parser.parse_args()


def size_of(options: argparse.Namespace) -> Size:
    size = SHORT if options.short else LONG
    given = {"mails": options.mails, "storm": options.seconds}
    return replace(size, **{name: value for name, value in given.items() if value is not None})


def main() -> int:
    options = parse()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = Path(tempfile.mkdtemp(prefix="portal-faults-"))
    print(header(size_of(options)), flush=True)
    results = []
    for database in options.databases:
        if names := [
            row.name for row in rows_for(database, options.only) if not (options.short and row.alone)
        ]:
            for result in results_of(database, names, options, folder):
                print(line_of(result), flush=True)
                results.append(result)
    print(f"\n{table(results)}")
    held = all(figure["holds"] for result in results for figure in result["figures"])
    if held:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        print(f"\nLogs of all processes: {folder}")
    return 0 if held else 1


def results_of(
    database: str, names: list[str], options: argparse.Namespace, folder: Path
) -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.faults.house", "--folder", str(folder), "--only", *names]
    command += ["--template", options.template, "--together", str(options.together)]
    command += ["--size", json.dumps(asdict(size_of(options)))]
    with (folder / f"{database}.log").open("wb") as log:
        house = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(database, folder),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            preexec_fn=end_with_parent(),
        )
    told = []
    try:
        for line in house.stdout:
            told.append(json.loads(line))
            yield told[-1]
    finally:
        house.terminate()
        house.wait()
    for name in sorted(set(names) - {result["row"] for result in told}):
        text = f"was not run: {(folder / f'{database}.log').read_text().strip()[-300:]}"
        yield {"row": name, "database": database, "seconds": 0, "figures": [{"text": text, "holds": False}]}


def environment(database: str, folder: Path) -> dict[str, str]:
    """Many processes are started: their bytecode is kept, in the rig's folder, whatever the caller does."""
    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    sqlite = f"sqlite:///{folder / 'template.sqlite3'}"
    return given | {
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "DATABASE_URL": sqlite if database == SQLITE else os.environ.get("DATABASE_URL", SERVER),
        "REDIS_URL": "redis://127.0.0.1:1",
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "EMAIL_TIMEOUT": str(SMTP_TIMEOUT),
        "VAR_DIR": str(folder / "var"),
        "PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX", str(folder / "bytecode")),
    }


if __name__ == "__main__":
    sys.exit(main())
