"""Pages for search engines: each in the language it is written in, with the addresses of its translations."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from functools import reduce
from operator import or_
from urllib.parse import urlsplit

from django.contrib.sitemaps import Sitemap as RowsSitemap
from django.db.models import Q, QuerySet
from django.utils.translation import get_language_from_path
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page
from wagtail.query import PageQuerySet

from portal.models import Agreement, Event


class PagesSitemap(Sitemap):
    def items(self) -> PageQuerySet:
        """Wagtail's own holds the tree of the site's first language alone."""
        roots = self.get_wagtail_site().root_page.get_translations(inclusive=True)
        below = reduce(or_, (Q(path__startswith=root.path) for root in roots))
        pages = Page.objects.filter(below, alias_of=None).live().public()
        return pages.order_by("path").defer_streamfields().specific()

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict]:
        urls = super()._urls(page, protocol, domain)
        written = defaultdict(list)
        for url in urls:
            written[url.get("translation_key")].append(url)
        for url in urls:
            url["alternates"] = _alternates(written[url.get("translation_key")])
        return urls


class AgreementsSitemap(RowsSitemap):
    def items(self) -> QuerySet[Agreement]:
        return Agreement.objects.order_by("pk")


class EventsSitemap(RowsSitemap):
    def items(self) -> QuerySet[Event]:
        return Event.objects.public().order_by("pk")

    def lastmod(self, event: Event) -> datetime:
        return event.updated_at


def _alternates(urls: list[dict]) -> list[dict[str, str]]:
    if len(urls) < 2:
        return []
    places = [url["location"] for url in urls]
    return [
        {"location": place, "lang_code": get_language_from_path(urlsplit(place).path) or "x-default"}
        for place in places
    ]
