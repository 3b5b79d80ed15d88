"""What several commands take as an argument."""

from __future__ import annotations

from django.core.management.base import CommandError

from portal.identifiers import check_ror
from portal.models import University


def university_of(ror: str) -> University:
    """Ends the command with a sentence when there is no such university."""
    try:
        return University.objects.get(ror=check_ror(ror))
    except ValueError as fault:
        raise CommandError(str(fault), returncode=2) from fault
    except University.DoesNotExist as fault:
        raise CommandError(
            f"No university has the ROR id {ror}; import the register first (import_universities).",
            returncode=2,
        ) from fault
