"""Pages that stand in one language and are read in all."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language, get_language_from_path
from wagtail.models import Page
from wagtail.query import PageQuerySet

from portal.languages import language_read, nobody_reads, path_in


class SpokenPage:
    """Mixed into every kind of page.

    While somebody reads, its address is in their language: there it stands in for the translation that is
    missing, and leads on to the one that is there.
    """

    #: What the page is called in languages into which it has not been translated.
    standing_title: str | Promise = ""

    def get_url_parts(self, request=None):
        parts = super().get_url_parts(request)
        language = language_read()
        if language is None or not parts or not parts[2]:
            return parts
        return *parts[:2], path_in(parts[2], language)

    @cached_property
    def language(self) -> str | None:
        """The language it is written in; of an alias, that of its source."""
        written = Page.objects.get(pk=self.alias_of_id) if self.alias_of_id else self
        return language_of(written)

    @property
    def is_translated(self) -> bool:
        return self.language in (None, get_language())

    @property
    def spoken_title(self) -> str:
        return self.title if self.is_translated else str(self.standing_title or self.title)

    def own_url(self, request=None) -> str | None:
        """The full address in the language that it is written in."""
        written = Page.objects.get(pk=self.alias_of_id) if self.alias_of_id else self
        with nobody_reads():
            return written.get_full_url(request)

    def get_sitemap_urls(self, request=None) -> list[dict]:
        with nobody_reads():
            urls = [] if self.alias_of_id else super().get_sitemap_urls(request)
        return [url | {"translation_key": self.translation_key} for url in urls]


def language_of(page: Page) -> str | None:
    """By its place in the tree, which costs no query; None outside of it."""
    with nobody_reads():
        return get_language_from_path(page.url or "")


def in_one_language(pages: PageQuerySet, language: str | None = None) -> PageQuerySet:
    """Of a live page and its translations one: in the visitor's language, or else the first written."""
    wanted = Q(locale__language_code=language or get_language())
    others = (
        Page.objects.live().filter(translation_key=OuterRef("translation_key")).exclude(pk=OuterRef("pk"))
    )
    better = others.filter(wanted | Q(pk__lt=OuterRef("pk")))
    # By key, which search can filter by as well.
    return pages.filter(pk__in=Page.objects.live().filter(wanted | ~Exists(better)).values("pk"))
