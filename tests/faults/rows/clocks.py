"""A machine's clock is an hour slow, right and an hour fast, also across the change to summer time.

The database's clock is right, where it is not the machine's own (SQLite). Every sweep of beat is run.

Whatever beat runs is run here: a new clock is under this row as soon as it is in the schedule.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import time_machine
from django.db import connection

from exchange.actions.runs import compute_run, publish_run, start_run
from exchange.enums import DayUse, RunTrigger
from exchange.models import Fixture, Invitation, MatchRun
from portal.celery import app
from portal.models import OutboxMessage, University
from tests.exchange.life import ask
from tests.factories import SeasonFactory
from tests.faults.judge import repeated
from tests.faults.scene import Figure, Scene

#: Four days before clocks in Berlin go from 2 to 3, on 28 March at 1:00 UTC.
NOW = datetime(2027, 3, 24, 12, tzinfo=UTC)
#: One is played right after the change, one when a whole week to answer has passed.
DAYS = (date(2027, 3, 29), date(2027, 4, 17))
ZONE = "Europe/Berlin"
STEP = timedelta(hours=2)
HOUR = timedelta(hours=1)
FAST = (HOUR,) if connection.vendor == "postgresql" else ()
#: Not run: mail is not what this row is about, and runs would make fixtures of their own.
LEFT_OUT = {"portal.drain_outbox", "exchange.pair_nightly"}


def run(scene: Scene) -> Iterator[Figure]:
    invitations = _publish()
    app.loader.import_default_modules()
    sweeps = _Sweeps(invitations)
    for now in _times(invitations):
        # Right, slow, right again; fast only where there is a second clock to hold it against.
        for shift in (timedelta(0), -HOUR, timedelta(0), *FAST):
            sweeps.run(now, shift)
    yield Figure(f"{sweeps.count:,} sweeps of {', '.join(sweeps.tasks)}")
    early = [late for late in sweeps.lateness.values() if late < timedelta(0)]
    most = max(sweeps.lateness.values(), default=timedelta(0))
    expired = len(sweeps.lateness)
    yield Figure(
        f"expired {expired} of {len(invitations)}, early {len(early)}, at the latest {most} late",
        holds=not early and expired == len(invitations) and most <= STEP,
    )
    yield from _notices()


def _publish() -> list[Invitation]:
    season = SeasonFactory(publishes_itself=False, starts=date(2027, 3, 1))
    for day in DAYS:
        for _ in range(2):
            ask(season, days={day: DayUse.BOTH})
    University.objects.update(time_zone=ZONE)
    with time_machine.travel(NOW, tick=False):
        run = start_run(season=season, trigger=RunTrigger.BUTTON, by=None, now=NOW)
        compute_run(run_id=run.pk, now=NOW)
        publish_run(run=MatchRun.objects.get(pk=run.pk), by=None, now=NOW)
    invitations = list(Invitation.objects.order_by("pk"))
    if Fixture.objects.count() != len(DAYS):
        raise RuntimeError(f"{Fixture.objects.count()} fixtures were published instead of {len(DAYS)}")
    return invitations


def _times(invitations: list[Invitation]) -> list[datetime]:
    """Evenly, and closely around each deadline and around the change of the clocks."""
    last = max(invitation.expires_at for invitation in invitations)
    even = [NOW + n * STEP for n in range(int((last - NOW) / STEP) + 2)]
    moments = {invitation.expires_at for invitation in invitations} | {datetime(2027, 3, 28, 1, tzinfo=UTC)}
    close = [moment + timedelta(minutes=minutes) for moment in moments for minutes in range(-90, 91, 15)]
    just = [moment + timedelta(seconds=seconds) for moment in moments for seconds in (-1, 0, 1)]
    return sorted({*even, *close, *just})


class _Sweeps:
    def __init__(self, invitations: list[Invitation]) -> None:
        self.tasks = sorted({entry["task"] for entry in app.conf.beat_schedule.values()} - LEFT_OUT)
        self.due = {invitation.pk: invitation.expires_at for invitation in invitations}
        #: When each was seen expired, by how much after its time.
        self.lateness: dict[int, timedelta] = {}
        self.count = 0

    def run(self, now: datetime, shift: timedelta) -> None:
        """`now` is the time that it is, and that the database says; this machine says `shift` more."""
        with time_machine.travel(now + shift, tick=False), patch("portal.clock.database_now", lambda: now):
            for task in self.tasks:
                app.tasks[task]()
                self.count += 1
        expired = Invitation.objects.filter(state="expired").exclude(pk__in=self.lateness)
        for pk in expired.values_list("pk", flat=True):
            self.lateness[pk] = now - self.due[pk]


def _notices() -> Iterator[Figure]:
    rows = OutboxMessage.objects.order_by("pk").values_list("kind", "dedupe_key", "recipient", "created_at")
    told = [(kind, key.split(":")[1], to) for kind, key, to, _at in rows]
    again = repeated(told)
    kinds = ", ".join(
        f"{kind} {sum(row[0] == kind for row in told)}" for kind in sorted({row[0] for row in told})
    )
    yield Figure(f"notices: {kinds}; second ones {len(again)}{f' {again}' if again else ''}", holds=not again)
    waited = [at - NOW for kind, _key, _to, at in rows if kind.startswith("remind")]
    if waited:
        least = timedelta(hours=SeasonFactory().remind_hours)
        yield Figure(f"earliest reminder after {min(waited)}", holds=min(waited) >= least)
