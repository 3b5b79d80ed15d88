"""The table of faults: what is done, what must hold, and the module that does it."""

from __future__ import annotations

from dataclasses import dataclass

POSTGRES, SQLITE = "PostgreSQL", "SQLite"


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    fault: str
    must_hold: str
    databases: tuple[str, ...] = (POSTGRES,)
    #: Seconds after which the row is ended and has failed.
    limit: int = 900
    #: Measured alone, and not in the short form: neighbours would be measured too.
    alone: bool = False

    @property
    def module(self) -> str:
        return f"tests.faults.rows.{self.name.replace('-', '_')}"


BOTH = (POSTGRES, SQLITE)

ROWS = (
    Row(
        "storm",
        "workers killed -9 every 2 s, Redis killed twice and once emptied, database connections terminated"
        " every 5 s; the mail server answers 421, 451, 550, drops before and after 250, hangs",
        "lost 0; copies ≤ 2, same bytes, same Message-ID; every uncertain one listed, ≤ 0.5 %",
        limit=1800,
    ),
    Row(
        "naive",
        "control: Celery tasks that send by smtplib, in the same storm",
        "loses mail, with early and with late acknowledgement",
        limit=1200,
    ),
    Row("redis-away", "Redis away", "the command drains; web answers; nothing lost after"),
    Row("frozen", "workers frozen past their lease, then resumed", "their late writes are refused"),
    Row("echoes", "two beats, every hint enqueued ten times", "extra mails 0, second reminders 0"),
    Row("publisher", "publisher killed -9 while it publishes", "the published set is all or none", BOTH),
    Row(
        "accepts",
        "contradictory answers at once",
        "overlaps 0; one winner each; losers 409; no 5xx",
        BOTH,
        1800,
    ),
    Row(
        "looking",
        "GET, HEAD and OPTIONS on answer links, a browser running scripts among them",
        "state changes 0",
        BOTH,
    ),
    Row(
        "clocks", "clock ±1 h and across a change to summer time", "no early expiry, no second reminder", BOTH
    ),
    Row(
        "throughput",
        "two workers drain, beside bare smtplib over two connections",
        "≥ 300 mails/s, or ≥ 80 % of smtplib",
        alone=True,
    ),
)


def rows_for(database: str, only: list[str]) -> list[Row]:
    return [row for row in ROWS if database in row.databases and (not only or row.name in only)]
