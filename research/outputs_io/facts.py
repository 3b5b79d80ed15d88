"""A CSL-JSON item → the facts of an output, or what is wrong with it and where."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from portal.identifiers import check_doi, check_issn
from portal.row_files import Fault
from research.enums import OutputKind
from research.models import Output

from .kinds import kind_of_csl

Item = dict[str, Any]

#: A project that has more brings them in several files.
MOST_ITEMS = 500
MOST_CHARACTERS = 1_000_000
#: CSL's rich text, and what Crossref leaves in titles.
TAGS = re.compile(r"</?(?:i|b|em|strong|sup|sub|scp?|span|jats:[a-z-]+|mml:[a-z]+)\b[^<>]*>", re.IGNORECASE)
YEAR = re.compile(r"\b(1[5-9][0-9]{2}|20[0-9]{2}|2100)\b")

_check_url = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class OutputFacts:
    kind: OutputKind
    title: str
    year: int | None
    doi: str
    url: str
    csl: Item


@dataclass(slots=True)
class Outputs:
    """What a file holds; with faults, none of it is kept. Their rows are lines, or numbers of items."""

    facts: list[OutputFacts] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, place: int, column: str, text: str) -> None:
        self.faults.append(Fault(place, column, text))

    def judge(self, item: Item, place: int) -> None:
        """Takes the item, or says everything that is wrong with it."""
        before = len(self.faults)
        title = plain(first(item.get("title")))
        if not title:
            self.refuse(place, "title", _("The title is missing."))
        elif len(title) > _most("title"):
            self.refuse(place, "title", _("The title is longer than %s characters.") % _most("title"))
        doi = self._checked(check_doi, first(item.get("DOI")) or _doi_in(item), place, "doi")
        issn = self._checked(check_issn, _first_issn(item.get("ISSN")), place, "issn")
        url = self._checked(_web_address, first(item.get("URL")), place, "url")
        if doi and any(doi == other.doi for other in self.facts):
            self.refuse(place, "doi", _("The DOI %s stands in the file twice.") % doi)
        if len(self.faults) == before:
            known = {"title": title, "DOI": doi, "ISSN": issn, "URL": url}
            csl = item | {name: value for name, value in known.items() if value}
            self.facts.append(OutputFacts(kind_of_csl(item.get("type")), title, year_of(item), doi, url, csl))

    def _checked(self, check: Callable[[str], str], text: str, place: int, column: str) -> str:
        try:
            return check(text) if text else ""
        except ValueError as fault:
            self.refuse(place, column, str(fault))
            return ""


def first(value: object) -> str:
    """Crossref writes lists where CSL has one string."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return value.strip() if isinstance(value, str) else ""


def plain(text: str) -> str:
    return " ".join(html.unescape(TAGS.sub("", text)).split())


def year_of(item: Item) -> int | None:
    issued = item.get("issued")
    if not isinstance(issued, dict):
        return None
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        written = str(parts[0][0])
    else:
        written = f"{issued.get('raw') or issued.get('literal') or ''}"
    found = YEAR.search(written)
    return int(found[1]) if found else None


def _first_issn(value: object) -> str:
    return first(re.split(r"[,;\s]+", value.strip())) if isinstance(value, str) else first(value)


def _doi_in(item: Item) -> str:
    url = first(item.get("URL"))
    return url if re.match(r"https?://(?:dx\.)?doi\.org/", url) else ""


def _web_address(text: str) -> str:
    try:
        _check_url(text)
    except ValidationError:
        raise ValueError(_("“%s” is not an address of the web.") % text[:60]) from None
    if len(text) > _most("url"):
        raise ValueError(_("The address is longer than %s characters.") % _most("url"))
    return text


def _most(name: str) -> int:
    return Output._meta.get_field(name).max_length
