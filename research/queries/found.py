"""Which public projects fit a search, and since when they do."""

from __future__ import annotations

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils.translation import get_language
from wagtail.models import PageViewRestriction

from portal.models import SearchEntry
from portal.queries.search import readable
from portal.search.full_text import keys_matching
from portal.search.stems import asked_stems
from research.models import Facet, Project, ProjectPage
from research.searching import Sought

from .public import in_private_section

#: Of portal.search, under which the pages of projects are entered.
ENTERED_AS = "project"


def listed_projects() -> QuerySet[Project]:
    """Those that everyone may read. The database looks at pages only where there are private sections."""
    everywhere = ~Exists(PageViewRestriction.objects.all())
    pages = ProjectPage.objects.live().filter(~in_private_section()).order_by()
    return Project.objects.exclude(published_at=None).filter(everywhere | Q(pk__in=pages.values("project")))


def fitting(sought: Sought, within: QuerySet[Project], *, without: str = "") -> QuerySet[Project]:
    """Those `within` that fit; what is chosen of the kind `without` is left out of account."""
    for kind, values in sought.chosen.items():
        if kind != without:
            within = within.filter(pk__in=_with_value(kind, values).values("project"))
    asked = asked_stems(sought.text)
    if asked:
        pages = ProjectPage.objects.filter(pk__in=entries_saying(asked).values("object_id"))
        within = within.filter(pk__in=pages.order_by().values("project"))
    return within


def entries_saying(asked: list[str]) -> QuerySet[SearchEntry]:
    """One a project: in the reader's language, or the first written."""
    return readable_entries().filter(pk__in=keys_matching(asked))


def readable_entries() -> QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(readable(get_language() or ""), kind=ENTERED_AS)


def with_fitting_since(projects: QuerySet[Project], sought: Sought) -> QuerySet[Project]:
    """`fits_since`: when it was published, or took on what was the last to be missing."""
    times = [F("published_at"), *(_first_since(kind, values) for kind, values in sought.chosen.items())]
    return projects.annotate(fits_since=Greatest(*times) if len(times) > 1 else times[0])


def _first_since(kind: str, values: tuple[str, ...]) -> Subquery:
    rows = _with_value(kind, values).filter(project=OuterRef("pk")).order_by("since")
    return Subquery(rows.values("since")[:1], output_field=DateTimeField())


def _with_value(kind: str, values: tuple[str, ...]) -> QuerySet[Facet]:
    return Facet.objects.filter(Q(value__in=values) if len(values) > 1 else Q(value=values[0]), kind=kind)
