"""manage.py rebuild_ratings: all ratings anew from the results that stand."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from exchange.actions.ratings import rebuild_ratings


class Command(BaseCommand):
    help = "Rates all final results anew, in the order of their kick-offs. Ratings set by hand are kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would move, and move nothing")

    def handle(self, *, dry_run: bool, **options: object) -> None:
        done = rebuild_ratings(dry_run=dry_run)
        for team, old, new in done.moved:
            self.stdout.write(f"{team} ({team.pk}): {old.mean:.1f} → {new.mean:.1f}")
        verb = "would move" if dry_run else "moved"
        self.stdout.write(f"{done.results} results, {len(done.moved)} teams {verb}")
