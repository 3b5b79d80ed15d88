"""How many projects each value of each kind would leave."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count, QuerySet

from research.facets import KINDS
from research.models import Facet, Project
from research.searching import Sought

from .found import fitting

#: Keywords are too many to be shown; they are chosen by a link.
COUNTED = tuple(kind for kind in KINDS if kind != "keyword")


def facet_counts(sought: Sought, within: QuerySet[Project]) -> dict[str, dict[str, int]]:
    """By kind and value (1 query). What is chosen of a kind leaves the counts of that kind as they are."""
    chosen = [kind for kind in COUNTED if kind in sought.chosen]
    others = [kind for kind in COUNTED if kind not in sought.chosen]
    parts = [_counted(Facet.objects.filter(kind__in=others), fitting(sought, within))]
    parts += [
        _counted(Facet.objects.filter(kind=kind), fitting(sought, within, without=kind)) for kind in chosen
    ]
    first, *rest = parts
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, value, count in first.union(*rest, all=True) if rest else first:
        counts[kind][value] = count
    return counts


def found_among(sought: Sought, counts: dict[str, dict[str, int]]) -> int:
    """How many fit, without asking again: every project has one status."""
    statuses = counts.get("status", {})
    chosen = sought.chosen.get("status")
    return sum(count for status, count in statuses.items() if chosen is None or status in chosen)


def _counted(facets: QuerySet[Facet], projects: QuerySet[Project]) -> QuerySet:
    rows = facets.filter(project__in=projects.order_by().values("pk"))
    return rows.order_by().values_list("kind", "value").annotate(Count("pk"))
