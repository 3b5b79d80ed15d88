from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.outbox import Drained, count_undelivered, drain


class Command(BaseCommand):
    help = "Sends the mails that are due. Needs no Redis and no worker; may run beside them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--until-empty",
            action="store_true",
            help="Go on until no mail is due, instead of one bounded round.",
        )

    def handle(self, *, until_empty: bool, **options: object) -> None:
        total: Counter[str] = Counter()
        while True:
            drained = drain(now=timezone.now())
            total.update({name: count for name, count in asdict(drained).items() if name != "trouble"})
            if drained.trouble or not until_empty or not drained.claimed:
                break
        self.stdout.write(", ".join(f"{total[name]} {name}" for name in _NAMES))
        standing = (f"{count} {state}" for state, count in count_undelivered().items())
        self.stdout.write(f"not delivered so far: {', '.join(standing)}")
        if drained.trouble:
            raise CommandError(f"The mail server broke off, the rest waits in the outbox. {drained.trouble}")


_NAMES = [name for name in Drained.__dataclass_fields__ if name != "trouble"]
