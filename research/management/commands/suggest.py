from __future__ import annotations

from django.core.management.base import BaseCommand
from django.utils import timezone

from research.actions.suggestions import suggest_all
from research.models import Suggestion


class Command(BaseCommand):
    help = "Compute anew who might work together: all projects and all researchers' profiles."

    def handle(self, **options: object) -> None:
        suggest_all(now=timezone.now())
        standing = Suggestion.objects.filter(dismissed_at=None).count()
        self.stdout.write(f"{standing:,} suggestions.")
