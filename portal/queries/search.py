from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.safestring import SafeString

from portal.models import SearchEntry
from portal.search import Kind, all_kinds
from portal.search.full_text import matching, ranked
from portal.search.highlight import excerpt, marked
from portal.search.stems import asked_stems


@dataclass(frozen=True, slots=True)
class Hit:
    kind: Kind
    title: SafeString
    text: SafeString
    address: str


@dataclass(frozen=True, slots=True)
class Found:
    asked: list[str]
    #: Kinds of which something was found, each with how many.
    counts: list[tuple[Kind, int]]
    entries: QuerySet[SearchEntry]
    total: int


def search(query: str, *, language: str, kind: str = "") -> Found:
    """What anyone may see, in `language`; what is not translated, as it was written first (1 query)."""
    asked = asked_stems(query)
    if not asked:
        return Found([], [], SearchEntry.objects.none(), 0)
    found = matching(asked, _visible().filter(readable(language)))
    counts = dict(found.order_by().values_list("kind").annotate(Count("pk")))
    by_kind = [(one, counts[one.name]) for one in all_kinds() if one.name in counts]
    shown = found.filter(kind=kind) if kind else found
    total = counts.get(kind, 0) if kind else sum(counts.values())
    return Found(asked, by_kind, ranked(asked, shown), total)


def hits(entries: list[SearchEntry], asked: list[str]) -> list[Hit]:
    """With their addresses (1 query a kind); what was deleted a moment ago is left out."""
    kinds, ids = {kind.name: kind for kind in all_kinds()}, defaultdict(list)
    for entry in entries:
        ids[kinds[entry.kind].load].append(entry.object_id)
    rows = {load: load(wanted) for load, wanted in ids.items()}
    return [
        Hit(kind, marked(entry.title, asked), excerpt(entry.text, asked), kind.address(row))
        for entry in entries
        if (row := rows[(kind := kinds[entry.kind]).load].get(entry.object_id))
    ]


def _visible() -> QuerySet[SearchEntry]:
    """Entries of what is public now, whatever was written about it when it was indexed."""
    names = defaultdict(list)
    for kind in all_kinds():
        names[kind.visible].append(kind.name)
    public = Q(pk__in=[])
    for visible, kinds in names.items():
        public |= Q(kind__in=kinds, object_id__in=visible())
    return SearchEntry.objects.filter(public)


def readable(language: str) -> Q:
    """Of the entries of one thing that in `language`, or else the first."""
    others = SearchEntry.objects.filter(thing=OuterRef("thing"))
    better = others.filter(Q(language=language) | Q(pk__lt=OuterRef("pk")))
    return Q(language__in=("", language)) | ~Exists(better)
