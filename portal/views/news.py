"""News as Atom feeds: of the site, and of each university."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.models import ArticlePage, University
from portal.queries.news import articles_of

#: Articles in a feed.
MOST = 30

Subject = tuple[str, University | None]


class NewsFeed(Feed):
    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, language: str, pk: int | None = None) -> Subject:
        if language not in dict(settings.LANGUAGES):
            raise Http404
        members = University.objects.members()
        return language, None if pk is None else get_object_or_404(members, pk=pk)

    def title(self, subject: Subject) -> str:
        language, university = subject
        with override(language):
            of = university or settings.WAGTAIL_SITE_NAME
            return _("News: %(of)s") % {"of": of}

    def link(self, subject: Subject) -> str:
        return f"{settings.BASE_URL}/"

    def feed_guid(self, subject: Subject) -> str:
        language, university = subject
        return f"{settings.BASE_URL}/#news-{language}-{university.pk if university else 'all'}"

    def items(self, subject: Subject) -> list[ArticlePage]:
        language, university = subject
        return list(articles_of(university, language)[:MOST])

    def item_title(self, item: ArticlePage) -> str:
        return item.title

    def item_description(self, item: ArticlePage) -> str:
        return item.lead

    def item_link(self, item: ArticlePage) -> str:
        return item.full_url

    def item_author_name(self, item: ArticlePage) -> str:
        return item.author or settings.WAGTAIL_SITE_NAME

    def item_pubdate(self, item: ArticlePage) -> datetime:
        return datetime.combine(item.date, time(), UTC)

    def item_updateddate(self, item: ArticlePage) -> datetime:
        return max(item.last_published_at or self.item_pubdate(item), self.item_pubdate(item))
