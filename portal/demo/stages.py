"""From an empty folder to a portal that has paired and invited. Importing this reads the settings."""

from __future__ import annotations

import logging
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after the settings
from django.db import OperationalError, connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from portal.enums import MailState  # noqa: E402
from portal.models import OutboxMessage  # noqa: E402

from .figures import figures, logins  # noqa: E402
from .houses import houses  # noqa: E402
from .processes import Crew  # noqa: E402
from .progress import bar, say  # noqa: E402
from .seed import is_seeded, seed  # noqa: E402
from .services import start_services, wait_for_services  # noqa: E402
from .trouble import Trouble  # noqa: E402

#: Mail that the outbox still means to hand over at once; what waits for a later try is not waited for.
UNDERWAY = (MailState.QUEUED, MailState.LEASED, MailState.DATA)
#: Seconds the outbox may take for the first invitations.
MAIL_TIMEOUT = 300


def prepare() -> None:
    """The database, with the demonstration in it."""
    logging.getLogger().setLevel(logging.WARNING)
    try:
        say("Bringing the database up to date …")
        call_command("migrate", verbosity=0, interactive=False)
        if not is_seeded():
            seed(timezone.now())
    except OperationalError as fault:
        raise Trouble(f"The database refuses: {str(fault).strip().splitlines()[0]}.") from fault


def run(crew: Crew) -> None:
    """Starts the portal's processes, lets the houses begin, and says what came of it."""
    say("Starting the portal …")
    start_services(crew)
    wait_for_services(crew)
    for house in houses():
        house.begin(still_well=crew.check, now=timezone.now())
    _wait_for_mail(crew)
    for line in [*figures(), *logins()]:
        say(line)
    connection.close()


def _wait_for_mail(crew: Crew) -> None:
    underway = OutboxMessage.objects.filter(state__in=UNDERWAY)
    total = underway.count()
    if not total:
        return
    deadline = time.monotonic() + MAIL_TIMEOUT
    with bar(total, "Mail") as progress:
        while (left := underway.count()) and time.monotonic() < deadline:
            crew.check()
            progress.update(max(0, total - left - progress.n))
            time.sleep(0.3)
        progress.update(total - left - progress.n)
