from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone

from portal.inbound.read import read_mail
from portal.inbound.store import MOST_BYTES, store_mail

#: Mail servers keep a mail and bring it again when a program ends so (EX_TEMPFAIL of sysexits.h).
TRY_LATER = 75


class Command(BaseCommand):
    help = "Reads incoming mails, such as answers of calendars. The same mail twice does nothing twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="A mail as it came; - for standard input."
        )

    def handle(self, *, files: list[str], **options: object) -> None:
        # All are opened first: a wrong name does not leave half of them read.
        for name, raw in list(_mails(files)):
            try:
                mail = store_mail(raw, now=timezone.now())
                mail = read_mail(mail_id=mail.pk, now=timezone.now())
            except Error as fault:
                raise CommandError(f"{name} was not read: {fault}", returncode=TRY_LATER) from fault
            said = ": ".join(filter(None, [str(mail.get_state_display()), mail.outcome, mail.detail]))
            self.stdout.write(f"{name}: {said}")


def _mails(names: list[str]) -> Iterator[tuple[str, bytes]]:
    """Of each one byte more than a mail may have, so that a larger one shows."""
    for name in names:
        if name == "-":
            yield "standard input", sys.stdin.buffer.read(MOST_BYTES + 1)
            continue
        try:
            with Path(name).open("rb") as file:
                yield name, file.read(MOST_BYTES + 1)
        except OSError as fault:
            raise CommandError(f"{name} cannot be read: {fault.strerror}.", returncode=2) from fault
