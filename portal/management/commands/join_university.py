from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.actions.universities import join_university
from portal.management.arguments import university_of


class Command(BaseCommand):
    help = "Lets a university of the register take part: its pages, its folder, and a group for each role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ror", help="ROR id of the university, for example 021036w13")

    def handle(self, *, ror: str, **options: object) -> None:
        page = join_university(university=university_of(ror), now=timezone.now())
        self.stdout.write(f"{page.university} takes part: {page.full_url}")
