"""The facets of the list of projects, as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.functional import Promise

from research.facet_words import LABELS, names_of, quoted, words_of
from research.models import Project
from research.queries.facet_counts import COUNTED, facet_counts, found_among
from research.searching import Fault, Sought

#: Values of one kind; the rest stands behind a link. What is chosen is always shown.
MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetList:
    kind: str
    label: str | Promise
    values: list[FacetValue]
    #: Values in all, where not all of them are shown.
    in_all: int = 0


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen, and the query string of the search without it."""

    label: str | Promise
    words: str
    query: str


@dataclass(slots=True)
class Facets:
    lists: list[FacetList] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    faults: list[tuple[str | Promise, str]] = field(default_factory=list)
    #: Projects that fit.
    found: int = 0
    #: Chosen universities that there are not, where the search was read trusting that there are.
    unknown: list[str] = field(default_factory=list)


def facets_shown(
    sought: Sought, faults: list[Fault], within: QuerySet[Project], *, whole: str = ""
) -> Facets:
    """`whole`: the kind of which all values are shown (2 queries)."""
    counts = facet_counts(sought, within)
    shown = {kind: _shown(sought, kind, counts.get(kind, {}), whole=kind == whole) for kind in COUNTED}
    names = names_of([*shown["university"], *sought.chosen.get("university", ())])
    lists = [
        FacetList(
            kind,
            LABELS[kind],
            _values(sought, kind, shown[kind], names),
            in_all=len(counts[kind]) if len(counts.get(kind, {})) > len(shown[kind]) else 0,
        )
        for kind in COUNTED
        if shown[kind]
    ]
    told = [(LABELS[one.kind], one.value) for one in faults]
    unknown = [slug for slug in sought.chosen.get("university", ()) if slug not in names]
    return Facets(lists, _chips(sought, names), told, found_among(sought, counts), unknown)


def _shown(sought: Sought, kind: str, counts: dict[str, int], *, whole: bool) -> dict[str, int]:
    chosen = {value: counts.get(value, 0) for value in sought.chosen.get(kind, ())}
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return dict(most if whole else most[:MOST_SHOWN]) | chosen


def _values(sought: Sought, kind: str, counts: dict[str, int], names: dict[str, str]) -> list[FacetValue]:
    """Those that leave most first."""
    chosen = sought.chosen.get(kind, ())
    rows = [
        FacetValue(value, words_of(kind, value, names), count, value in chosen)
        for value, count in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row.count, row.words.casefold()))


def _chips(sought: Sought, names: dict[str, str]) -> list[Chip]:
    chips = [
        Chip(LABELS[kind], words_of(kind, value, names), sought.without(kind, value).query())
        for kind, value in sought.pairs()
    ]
    if sought.text:
        chips.insert(0, Chip("", quoted(sought.text), sought.without("text", "").query()))
    return chips
