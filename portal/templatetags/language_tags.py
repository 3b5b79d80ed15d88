"""The languages of a page: what stands in its head, where the switch leads, and that it is not translated."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_from_path, get_language_info
from wagtail.models import Page

from portal.languages import codes, language_read, nobody_reads, path_in
from portal.models import UniversityPage
from portal.models.spoken import language_of

register = template.Library()


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Addresses:
    canonical: str
    others: list[tuple[str, str]]
    default: str


@register.simple_tag(takes_context=True)
def language_links(context: RequestContext) -> list[Choice]:
    """The page that is open in every language, its question included; empty where no address names one.

    Where no page was found, they lead to the start.
    """
    request = context.get("request")
    if request is None or get_language_from_path(request.path_info) is None:
        return []
    query = request.META.get("QUERY_STRING", "")
    asked = f"?{query}" if query else ""
    here = request.path + asked if context.get("page") else f"/{get_language()}/"
    return [Choice(code, get_language_info(code)["name_local"], path_in(here, code)) for code in codes()]


@register.simple_tag
def page_addresses(page: Page) -> Addresses | None:
    """Of the page and its translations; what only stands in for one leads to where it stands (1 query)."""
    written = Page.objects.live().filter(translation_key=page.translation_key, alias_of=None)
    with nobody_reads():
        pages = {one: one.get_full_url() for one in written.order_by("pk")}
    by_language = {language_of(one): url for one, url in pages.items() if url}
    if not by_language:
        return None
    first = next(iter(by_language.values()))
    default = by_language.get(settings.LANGUAGE_CODE, first)
    return Addresses(
        canonical=by_language.get(get_language(), first),
        others=list(by_language.items()) if len(by_language) > 1 else [],
        default=default,
    )


@register.simple_tag
def page_url(page: Page) -> str:
    """Of any page, in the visitor's language; `pageurl` gives a bare `Page` the one of its own."""
    return path_in(page.url or "", language_read() or get_language())


@register.simple_tag
def content_lang(page: Page) -> SafeString | str:
    """The attribute for the words of a page that are not in the visitor's language."""
    if getattr(page, "is_translated", True):
        return ""
    return format_html(' lang="{}"', page.language)


@register.inclusion_tag("components/not_translated.html")
def not_translated(page: Page) -> dict[str, object]:
    """A note above words that are in another language; none where the portal has said all there is."""
    if not getattr(page, "pk", None) or getattr(page, "is_translated", True):
        return {}
    words = any(getattr(page, field, "") for field in ("lead", "intro", "body", "directions"))
    said_for = bool(getattr(page, "standing_title", ""))
    if said_for and not words:
        return {}
    return {"language": get_language_info(page.language)["name_translated"]}


@register.filter
def spoken_titles(pages: list[Page]) -> list[tuple[Page, str]]:
    """With titles in the visitor's language where the portal knows them: universities, its own lists."""
    foreign = [page for page in pages if page.alias_of_id or language_of(page) != get_language()]
    named = [page.pk for page in foreign if page.specific_class is UniversityPage]
    theirs = UniversityPage.objects.filter(pk__in=named).select_related("university") if named else ()
    names = {page.pk: str(page.university) for page in theirs}
    return [(page, _spoken(page, names) if page in foreign else page.title) for page in pages]


def _spoken(page: Page, names: dict[int, str]) -> str:
    if page.specific_class is UniversityPage:
        return names.get(page.pk, page.title)
    return str(getattr(page.specific_class, "standing_title", "") or page.title)
