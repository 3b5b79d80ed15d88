"""Ratings in words. A rating that hardly any result stands behind says nothing yet."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

#: From this deviation on a team counts as not rated yet; it starts with 350.
UNSURE = 200.0
#: Where one level ends and the next begins; a team starts at 1500.
STEPS = (1400, 1550, 1700)


class Level(TextChoices):
    STARTING = "starting", _("for fun")
    MIDDLE = "middle", _("middle")
    STRONG = "strong", _("strong")
    TOP = "top", _("top")
    UNRATED = "unrated", _("not rated yet")

    @property
    def bounds(self) -> tuple[float, float]:
        """Ratings from the first on and below the second; of a level that has any."""
        place = RATED.index(self)
        return (-float(10**6), *STEPS, float(10**6))[place : place + 2]


RATED = (Level.STARTING, Level.MIDDLE, Level.STRONG, Level.TOP)


def level_of(rating: float, deviation: float) -> Level:
    if deviation >= UNSURE:
        return Level.UNRATED
    return RATED[sum(rating >= step for step in STEPS)]
