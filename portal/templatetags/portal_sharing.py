"""What the head of a page says to other sites and to search engines."""

from __future__ import annotations

from django import template
from wagtail.models import Page

from portal.json_ld import as_json_ld, college_in_full, news_article
from portal.models import ArticlePage, UniversityPage
from portal.sharing import SharedPicture, card_of, in_words

register = template.Library()

register.filter("json_ld", as_json_ld)


@register.simple_tag
def shared_card(page: Page) -> SharedPicture:
    return card_of(page)


@register.simple_tag
def page_in_words(page: Page) -> str:
    return in_words(page)


@register.inclusion_tag("components/json_ld.html")
def facts_for_search(page: Page) -> dict[str, object]:
    """None of a draft in preview: it has no address."""
    facts: dict[str, object] | None = None
    if page.pk and page.url and isinstance(page, ArticlePage):
        facts = news_article(page)
    elif page.pk and page.url and isinstance(page, UniversityPage):
        facts = college_in_full(page.university, page.url)
    return {"facts": facts}
