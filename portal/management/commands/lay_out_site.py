from __future__ import annotations

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.actions.site import lay_out_site


class Command(BaseCommand):
    help = "Creates the home page and the list of universities, and names the site after BASE_URL."

    def handle(self, **options: object) -> None:
        home = lay_out_site(now=timezone.now())
        self.stdout.write(f"The site stands on “{home.title}”.")
