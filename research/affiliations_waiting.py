"""People who name a university, and whose coordinator has not said whether it is so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from portal.access import coordinated_universities
from portal.models import User
from portal.waiting import Waiting
from research.enums import Verification
from research.queries.profiles import named_at


def waiting_affiliations(person: User, now: datetime) -> Iterator[Waiting]:
    """1 query."""
    open_ones = named_at(coordinated_universities(person)).filter(verified=Verification.NONE).count()
    text = ngettext(
        "%(count)s researcher names your university",
        "%(count)s researchers name your university",
        open_ones,
    )
    yield Waiting(text % {"count": open_ones}, reverse("research:affiliations"), open_ones)
