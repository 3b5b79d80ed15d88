"""Facets of projects as people read them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from portal.models import University
from portal.sports import SPORTS
from research.enums import ProjectStatus, Theme
from research.ford import FORD
from research.searching import Sought

LABELS: dict[str, Promise] = {
    "call": _("Calls for partners"),
    "theme": _("Theme"),
    "field": _("Field of science"),
    "sport": _("Sport"),
    "country": _("Country"),
    "university": _("University"),
    "status": _("Status"),
    "keyword": _("Keyword"),
}


def words_of(kind: str, value: str, universities: dict[str, str]) -> str:
    """`universities`: names by slug, as `names_of` gives them. A code that is no more stays as it is."""
    known = {
        "call": lambda: _("looks for partners now"),
        "theme": lambda: Theme(value).label if value in Theme.values else value,
        "field": lambda: FORD.get(value, value),
        "sport": lambda: SPORTS[value].name if value in SPORTS else value,
        "country": lambda: countries.name(value) or value,
        "university": lambda: universities.get(value, value),
        "status": lambda: ProjectStatus(value).label if value in ProjectStatus.values else value,
    }
    return str(known.get(kind, lambda: value)())


def names_of(slugs: Iterable[str]) -> dict[str, str]:
    """Of universities, in the reader's language (1 query, none for none)."""
    wanted = set(slugs)
    if not wanted:
        return {}
    rows = University.objects.filter(slug__in=wanted).only("slug", "name", "names")
    return {one.slug: str(one) for one in rows}


def quoted(text: str) -> str:
    """Languages have quotation marks of their own."""
    return gettext("“%(text)s”") % {"text": text}


def search_in_words(sought: Sought) -> list[str]:
    """Word by word what is asked, for titles and names (1 query, where universities are named)."""
    names = names_of(sought.chosen.get("university", ()))
    said = [quoted(sought.text)] if sought.text else []
    return [*said, *(words_of(kind, value, names) for kind, value in sought.pairs())]
