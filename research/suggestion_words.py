"""Why a suggestion stands where it stands, in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.sports import SPORTS
from research.enums import Theme
from research.ford import FORD
from research.models import Project, ResearcherProfile

Side = Project | ResearcherProfile
#: Of a score of 1,000 points, what is worth a sentence.
LEAST_POINTS = 15
#: Sentences on a card.
MOST_REASONS = 3


def reasons_in_words(reasons: list[list], one: Side, other: Side) -> list[str]:
    """The weightiest first; what has changed since the points were given is told as it is now."""
    told = (_told(name, one, other) for name, points in reasons if points >= LEAST_POINTS)
    return [words for words in told if words][:MOST_REASONS]


def _told(name: str, one: Side, other: Side) -> str:
    if name in LISTED:
        sentence, column, names = LISTED[name]
        shared = [str(names(code)) for code in _shared(one, other, column)]
        return _(sentence) % {"names": ", ".join(shared)} if shared else ""
    return _(SENTENCES[name]) if name in SENTENCES else ""


def _shared(one: Side, other: Side, column: str) -> Iterable[str]:
    theirs = set(getattr(other, column, ()))
    return [code for code in getattr(one, column, ()) if code in theirs]


LISTED = {
    "fields": (gettext_noop("In common: %(names)s"), "fields", lambda code: FORD.get(code, code)),
    "themes": (
        gettext_noop("On the same themes: %(names)s"),
        "themes",
        lambda code: dict(Theme.choices).get(code, code),
    ),
    "sports": (
        gettext_noop("About the same sport: %(names)s"),
        "sports",
        lambda code: SPORTS[code].name if code in SPORTS else code,
    ),
}
SENTENCES = {
    "words": gettext_noop("The texts speak of the same things."),
    "wishes": gettext_noop("An open call looks for just this."),
    "agreement": gettext_noop("An agreement between the two sides is in force."),
    "together": gettext_noop("The universities have shared a project before."),
    "language": gettext_noop("There is a common working language."),
    "distance": gettext_noop("The universities are not far from each other."),
}
