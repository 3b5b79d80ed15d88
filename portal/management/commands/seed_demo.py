from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.demo.seed import seed
from portal.demo.trouble import Trouble


class Command(BaseCommand):
    help = "Fills an empty database with the demonstration: universities, clubs, requests, projects, people."

    def handle(self, **options: Any) -> None:
        try:
            seed(timezone.now())
        except Trouble as trouble:
            raise CommandError(str(trouble)) from trouble
