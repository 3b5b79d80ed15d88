"""What stands above a page, read once: for the way down that it shows, and for who may read it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

#: Of the root and the home page, which no way down names.
TOP = 2
#: All that the way down asks of a page.
SHOWN = ("title", "path", "depth", "live", "slug", "url_path", "locale", "content_type", "alias_of")


def with_readers(pages: PageQuerySet) -> PageQuerySet:
    """`guarded` says of each whether its readers are restricted, or those of what it is an alias of."""
    rules = PageViewRestriction.objects.filter(page=OuterRef("source"))
    sourced = pages.annotate(source=Coalesce("alias_of", "pk"), beyond=F("alias_of__alias_of"))
    return sourced.annotate(guarded=Exists(rules)).only(*SHOWN).order_by("path")


class KnowsAncestors:
    """Mixed into pages that everybody reads. Wagtail asks for the ancestors, then for each alias's source."""

    @cached_property
    def line(self) -> list[Page]:
        """From the root down to the page itself, `with_readers` (1 query at most)."""
        return list(with_readers(self.get_ancestors(inclusive=True)))

    def choose_line(self, read: Sequence[Page]) -> None:
        """From pages that were read together with this one, if all above it are among them."""
        line = [page for page in read if self.path.startswith(page.path)]
        if len(line) == self.depth:
            self.line = line

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
