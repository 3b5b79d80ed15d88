"""What stands above a page, read once: for the way down that it shows, and for who may read it."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from wagtail.models import Page, PageViewRestriction

#: Of the root and the home page, which no way down names.
TOP = 2


class KnowsAncestors:
    """Mixed into pages that everybody reads. Wagtail asks for the ancestors, then for each alias's source."""

    @cached_property
    def line(self) -> list[Page]:
        """From the root down to the page itself; `guarded` says whose readers are restricted (1 query)."""
        rules = PageViewRestriction.objects.filter(page=OuterRef("source"))
        pages = self.get_ancestors(inclusive=True).annotate(
            source=Coalesce("alias_of", "pk"), beyond=F("alias_of__alias_of")
        )
        return list(pages.annotate(guarded=Exists(rules)).order_by("path"))

    @property
    def crumbs(self) -> list[Page]:
        return [page for page in self.line[:-1] if page.depth > TOP and page.live]

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        if any(page.beyond for page in self.line):
            return super().get_view_restrictions()
        sources = [page.source for page in self.line if page.guarded]
        return (
            PageViewRestriction.objects.filter(page__in=sources)
            if sources
            else PageViewRestriction.objects.none()
        )
