from __future__ import annotations

from django.core.management.base import BaseCommand
from django.db import transaction

from portal.search.keep import index_all


class Command(BaseCommand):
    help = "Writes anew what /search/ knows of all pages and teams."

    @transaction.atomic
    def handle(self, **options: object) -> None:
        self.stdout.write(f"{index_all()} things can be found.")
