"""News, on their own pages and wherever they are shown."""

from __future__ import annotations

from django import template
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.images.models import ResponsiveImage
from wagtail.models import Page

from portal.models import ArticlePage, NewsIndexPage
from portal.queries import news

register = template.Library()

ARTICLES_A_PAGE = 12
#: On home, and on the page of a university.
LATEST = 3


@register.simple_tag(takes_context=True)
def news_list(context: RequestContext, index: NewsIndexPage) -> ListPage:
    """Articles of what the list stands below; on that of the whole site each says from where it comes."""
    university = news.university_of(index)
    found = Paginator(news.articles_of(university), ARTICLES_A_PAGE)
    page = found.get_page(context["request"].GET.get("page"))
    page.object_list = list(page.object_list)
    if university is None:
        _say_from_where(page.object_list)
    return page


@register.simple_tag
def latest_news(page: Page) -> list[ArticlePage]:
    """The newest of what `page` is about; the first knows where all are listed."""
    university = news.university_of(page)
    articles = list(news.articles_of(university)[:LATEST])
    if articles:
        articles[0].list_url = news.address_of_list(articles, university)
        if university is None:
            _say_from_where(articles)
    return articles


def _say_from_where(articles: list[ArticlePage]) -> None:
    above = news.universities_above(articles) if articles else {}
    for article in articles:
        article.from_university = above[article.pk].university if article.pk in above else None


@register.simple_tag
def news_feed(page: Page) -> str:
    """The address of the feed that `page` belongs to: of its university, else of the site."""
    language = get_language()
    university = news.university_of(page)
    if university is None:
        return reverse("news_feed", args=[language])
    return reverse("university_news_feed", args=[language, university.pk])


@register.filter
def srcset(images: ResponsiveImage) -> str:
    return ResponsiveImage.get_width_srcset(images.renditions)
