from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from research.seeding import Sizes, UnableToSeed
from research.seeding import seed as fill


class Command(BaseCommand):
    help = "Fills an empty house of research with invented projects, people and calls, for benchmarks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--projects", type=int, default=10_000)
        parser.add_argument("--people", type=int, default=50_000)
        parser.add_argument("--calls", type=int, default=2_000, help="open ones, spread over the projects")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same house")
        parser.add_argument(
            "--force", action="store_true", help="beside what is there already; local settings only"
        )

    def handle(self, *, projects: int, people: int, calls: int, seed: int, force: bool, **more: Any) -> None:
        try:
            fill(Sizes(projects, people, calls, seed), now=timezone.now(), force=force)
        except UnableToSeed as refusal:
            raise CommandError(str(refusal)) from refusal
