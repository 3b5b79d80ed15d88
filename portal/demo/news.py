"""Articles of the demonstration: of the whole site, and of the two universities one signs in for."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.html import escape
from django.utils.translation import gettext_lazy
from wagtail.models import Page
from wagtail.rich_text import RichText

from portal.actions.index_pages import index_page
from portal.actions.pages import publish_new_page
from portal.models import ArticlePage, HomePage, NewsIndexPage, University
from portal.queries.universities import collection_of
from portal.slugs import free_slug

from .drawings import draw_picture
from .sources import articles


def add_news(*, home: University, guest: University | None, now: datetime) -> None:
    """`home` and `guest` are the two universities whose officers sign in."""
    places = {"": None, "home": home, "guest": guest}
    for facts in articles():
        if facts["at"] in places and (facts["at"] == "" or places[facts["at"]]):
            _add_article(facts, _news_of(places[facts["at"]], now), places[facts["at"]], now)


def _news_of(university: University | None, now: datetime) -> Page:
    title = gettext_lazy("News")
    if university is not None:
        return index_page(university=university, kind=NewsIndexPage, title=title, slug="news", now=now)
    above = HomePage.objects.order_by("pk").first()
    found = NewsIndexPage.objects.child_of(above).first()
    lead = "What is new at the portal and at the universities that take part."
    return found or publish_new_page(
        page=NewsIndexPage(title=str(title), slug="news", lead=lead), parent=above, now=now
    )


def _add_article(facts: dict, above: Page, university: University | None, now: datetime) -> None:
    published = now - timedelta(days=facts["days_ago"])
    picture = None
    if facts["picture"]:
        folder = collection_of(university) if university else None
        picture = draw_picture(facts["picture"], title=facts["title"], collection=folder)
    page = ArticlePage(
        title=facts["title"],
        slug=free_slug(facts["title"], (), otherwise="article"),
        date=published.date(),
        lead=facts["lead"],
        author=facts["author"],
        picture=picture,
        picture_alt=facts["alt"],
        body=[("text", RichText("".join(f"<p>{escape(part)}</p>" for part in facts["text"])))],
    )
    publish_new_page(page=page, parent=above, now=published)
