"""The mail about what is new in saved searches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from portal.models import DigestEntry, OutboxMessage, User
from portal.notices import notify
from research.models import ProjectPage, SavedSearch


@dataclass(frozen=True, slots=True)
class NewsOfSearch:
    search: SavedSearch
    pages: list[ProjectPage]
    #: How many more there are than `pages`.
    more: int

    @property
    def url(self) -> str:
        return f"{settings.BASE_URL}{address_of(self.search)}"


def address_of(search: SavedSearch) -> str:
    return f"{reverse('research:projects')}?{search.query}".rstrip("?")


def tell_news(
    *, person: User, news: list[NewsOfSearch], dedupe_key: str, now: datetime
) -> OutboxMessage | DigestEntry | None:
    return notify(
        person=person,
        kind="saved_search",
        dedupe_key=dedupe_key,
        template="research/saved_search",
        context={
            "news": news,
            "count": sum(len(one.pages) + one.more for one in news),
            "first": news[0].pages[0].project,
            "searches_url": f"{settings.BASE_URL}{reverse('research:mine')}#my-searches",
        },
        link=news[0].url,
        now=now,
    )
