"""Articles as everybody may read them, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import Page

from portal.models import ArticlePage, NewsIndexPage, University, UniversityPage
from portal.models.spoken import in_one_language

#: Steps of a page's path have four characters.
STEP = Page.steplen
#: Of the home page of any language, and of the page of a university below the list of them.
HOME_DEPTH, UNIVERSITY_DEPTH = 2, 4


def live_articles() -> QuerySet[ArticlePage]:
    return (
        ArticlePage.objects.live()
        .select_related("picture")
        .prefetch_related("picture__renditions")
        .order_by("-date", "-pk")
    )


def articles_of(university: University | None, language: str | None = None) -> QuerySet[ArticlePage]:
    """Of one university, or all: in `language`, or that of the visitor, where translated (2 queries)."""
    articles = live_articles()
    if university is not None:
        own = UniversityPage.objects.filter(university=university).annotate(
            below=ExpressionWrapper(OuterRef("path"), output_field=CharField())
        )
        articles = articles.filter(Exists(own.filter(below__startswith=F("path"))))
    return in_one_language(articles, language)


def address_of_list(articles: Sequence[ArticlePage], university: University | None) -> str:
    """Of the list that holds them: that of the university, or of the whole site (at most 1 query)."""
    depth = (UNIVERSITY_DEPTH if university else HOME_DEPTH) + 2
    near = [article for article in articles if article.depth == depth]
    if near:
        return near[0].url.removesuffix("/").rpartition("/")[0] + "/"
    lists = NewsIndexPage.objects.live().filter(depth=depth - 1)
    found = in_one_language(lists).first() if university is None else None
    return (found or articles[0].get_parent().specific).url


def universities_above(articles: Sequence[Page]) -> dict[int, UniversityPage]:
    """The university's page above each of `articles`, by the article's id (1 query)."""
    paths = {page.path[: STEP * depth] for page in articles for depth in range(1, page.depth)}
    found = UniversityPage.objects.filter(path__in=paths).select_related("university")
    return {
        article.pk: above for above in found for article in articles if article.path.startswith(above.path)
    }


def university_of(page: Page) -> University | None:
    """That whose page `page` is, or stands below; asked once of a page that is loaded (1 query)."""
    if not hasattr(page, "university_around"):
        page.university_around = _university_above(page)
    return page.university_around


def _university_above(page: Page) -> University | None:
    if isinstance(page, UniversityPage):
        return page.university
    if page.depth < UNIVERSITY_DEPTH:
        return None
    above = UniversityPage.objects.ancestor_of(page, inclusive=True).select_related("university").first()
    return above.university if above is not None else None
