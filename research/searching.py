"""What is asked of the list of projects: read from an address, and written back in one way only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django_countries import countries

from portal.models import University
from portal.sports import SPORTS
from research.enums import ProjectStatus, SearchOrder, Theme
from research.facets import KINDS
from research.ford import FORD

LONGEST_TEXT = 200
#: Of one kind; nobody ticks more, and the query would only grow.
MOST_VALUES = 20
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,120}")
LONGEST_KEYWORD = 120

#: Whether a value is one that there is; universities are asked of the database.
KNOWN: dict[str, Callable[[str], bool]] = {
    "call": lambda value: value == "open",
    "theme": lambda value: value in Theme.values,
    "field": lambda value: value in FORD,
    "sport": lambda value: value in SPORTS,
    "country": lambda value: value in dict(countries),
    "university": lambda value: bool(SLUG.fullmatch(value)),
    "status": lambda value: value in ProjectStatus.values,
    "keyword": lambda value: len(value) <= LONGEST_KEYWORD and "\0" not in value,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that narrows nothing, because there is no such thing."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Sought:
    """Of the values of one kind one has to fit, of the kinds all, and of the words all."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: One of SearchOrder, or "" for what fits the question.
    order: str = ""

    def __bool__(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.text or self.chosen)

    def pairs(self) -> Iterator[tuple[str, str]]:
        return ((kind, value) for kind in KINDS for value in self.chosen.get(kind, ()))

    @property
    def ordered_by(self) -> str:
        usual = SearchOrder.RELEVANCE if self.text else SearchOrder.NEWEST
        return self.order if self.order in possible_orders(self.text) else usual

    def query(self) -> str:
        """The canonical query string: sorted, without what goes without saying."""
        said = sorted(self.pairs())
        if self.text:
            said.append(("text", self.text))
        if self.ordered_by != replace(self, order="").ordered_by:
            said.append(("order", self.ordered_by))
        return urlencode(sorted(said))

    def unordered(self) -> Sought:
        return replace(self, order="")

    def without(self, kind: str, value: str) -> Sought:
        if kind == "text":
            return replace(self, text="")
        left = tuple(one for one in self.chosen.get(kind, ()) if one != value)
        others = {name: values for name, values in self.chosen.items() if name != kind}
        return replace(self, chosen=others | ({kind: left} if left else {}))


def possible_orders(text: str) -> list[str]:
    """The usual one first."""
    found = [SearchOrder.RELEVANCE, SearchOrder.NEWEST] if text else [SearchOrder.NEWEST]
    return [*found, SearchOrder.ENDING]


def read_search(said: QueryDict, *, trusting: bool = False) -> tuple[Sought, list[Fault]]:
    """What of it makes sense, and what does not (1 query, where universities are named; none when `trusting`
    that there are such universities)."""
    chosen, faults = {}, []
    for kind in KINDS:
        values = _said(kind, said)
        good = _those_that_are(kind, values, trusting=trusting)
        faults += [Fault(kind, value[:60]) for value in values if value not in good]
        if good:
            chosen[kind] = tuple(sorted(good))
    text = " ".join(said.get("text", "").replace("\0", " ").split())[:LONGEST_TEXT].strip()
    return Sought(text, chosen, said.get("order", "")), faults


def _said(kind: str, said: QueryDict) -> list[str]:
    values = (value.strip() for value in said.getlist(kind))
    if kind == "keyword":
        values = (value.casefold() for value in values)
    return list(dict.fromkeys(filter(None, values)))[:MOST_VALUES]


def _those_that_are(kind: str, values: Iterable[str], *, trusting: bool) -> set[str]:
    known = {value for value in values if KNOWN[kind](value)}
    if kind == "university" and known and not trusting:
        return set(University.objects.filter(slug__in=known).values_list("slug", flat=True))
    return known
