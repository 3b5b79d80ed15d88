"""The page of an address in one query, however deep it lies; Wagtail asks twice on every level."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from wagtail.models import Page, Site, get_page_models

from portal.models.spoken import language_of

SERVES = "wagtail_serve"


class DirectRoutes:
    """Finds the page by its whole path; what is not found like this, Wagtail looks for in its own way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match.view_name != SERVES or match.namespaces:
            return None
        page = find_page(request, args[0] if args else kwargs.get("path", ""))
        if page is None:
            return None
        if language_of(page) != get_language() and (there := translation_of(page)):
            return redirect(there + query_of(request))
        try:
            # Where Wagtail's own way keeps what it has found.
            request._wagtail_route_for_request = page.route(request, [])
        except Http404:
            return None
        return None


def find_page(request: HttpRequest, path: str) -> Page | None:
    """Live, at this place below the home page of the reader's language, or else of another one."""
    roots = _root_paths(request)
    if not roots:
        return None
    below = "".join(f"{part}/" for part in path.split("/") if part)
    wanted = [root + below for root in roots]
    # The slug is indexed, the path is not.
    slugs = {one.rstrip("/").rpartition("/")[2] for one in wanted}
    found = Page.objects.live().filter(slug__in=slugs, url_path__in=wanted).select_related(*_kinds())
    pages = sorted(found, key=lambda page: (wanted[0] != page.url_path, page.pk))
    return _specific(pages[0]) if pages else None


@cache
def _kinds() -> tuple[str, ...]:
    """Wagtail reads a page first, then what its kind adds; all kinds joined cost less than a second query."""
    return tuple(model._meta.model_name for model in get_page_models() if model is not Page)


def _specific(page: Page) -> Page:
    kind = page.specific_class
    return getattr(page, kind._meta.model_name) if kind not in (None, Page) else page


def translation_of(page: Page) -> str | None:
    """The address of this page in the language of the visitor, where somebody has translated it."""
    live = Page.objects.live().filter(translation_key=page.translation_key)
    there = live.filter(locale__language_code=get_language()).exclude(pk=page.pk).first()
    return there and there.get_url()


def query_of(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"?{query}" if query else ""


def _root_paths(request: HttpRequest) -> list[str]:
    """Where the trees begin, out of Wagtail's cache; that of the visitor's language first."""
    site = Site.find_for_request(request)
    roots = [root for root in Site.get_site_root_paths() if site and root.site_id == site.pk]
    roots.sort(key=lambda root: root.language_code != get_language())
    return [root.root_path for root in roots]
