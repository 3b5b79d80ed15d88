from __future__ import annotations

from django.core.management.base import BaseCommand

from portal.search.keep import index_all


class Command(BaseCommand):
    help = "Writes anew what /search/ knows of all pages, teams, agreements and events."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{index_all()} things can be found.")
