"""A profile's codes in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.sports import sport_choices
from research.enums import Openness
from research.ford import FORD
from research.languages import language_name
from research.models import ResearcherProfile


def facts_in_words(profile: ResearcherProfile) -> list[tuple[str, list[str]]]:
    """(label, words) of what has been filled in; a code that is no more is left out."""
    sports, openness = dict(sport_choices()), dict(Openness.choices)
    facts = [
        (_("Fields of science"), [FORD[code] for code in profile.fields if code in FORD]),
        (_("Methods and facilities"), profile.methods),
        (_("Working languages"), [language_name(code) for code in profile.languages]),
        (_("Sports"), [sports[code] for code in profile.sports if code in sports]),
        (_("Open to"), [openness[code] for code in profile.open_to if code in openness]),
    ]
    return [(label, [str(word) for word in words]) for label, words in facts if words]
