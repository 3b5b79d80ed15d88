"""The page of an address in two queries, however deep it lies; Wagtail asks twice on every level."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from wagtail.models import Page, Site

from portal.models.ancestry import KnowsAncestors, with_readers
from portal.models.spoken import language_of
from portal.page_cache import kept_until_touched

SERVES = "wagtail_serve"
#: What Wagtail calls the page above all home pages, whose path is "/".
ROOT = "root"


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
    parts = [part for part in path.split("/") if part]
    wanted = ["".join([root, *(f"{part}/" for part in parts)]) for root in roots]
    # With all that stands above it. The slug is indexed, the path is not.
    above = {way[:end] for way in wanted for end, sign in enumerate(way, 1) if sign == "/"}
    slugs = {way.rstrip("/").rpartition("/")[2] or ROOT for way in above}
    read = list(with_readers(Page.objects.filter(slug__in=slugs, url_path__in=above)))
    live = {page.url_path: page for page in reversed(read) if page.live}
    found = next((live[way] for way in wanted if way in live), None)
    page = found and _specific(found)
    if isinstance(page, KnowsAncestors):
        page.choose_line(read)
    return page


def _specific(page: Page) -> Page | None:
    """With what its kind adds; None where it has gone meanwhile, or is of a kind that no longer exists."""
    kind = ContentType.objects.get_for_id(page.content_type_id).model_class()
    return kind and kind._default_manager.filter(pk=page.pk).first()


def translation_of(page: Page) -> str | None:
    """The address of this page in the language of the visitor, where somebody has translated it."""
    live = Page.objects.live().filter(translation_key=page.translation_key)
    there = live.filter(locale__language_code=get_language()).exclude(pk=page.pk).first()
    return there and there.get_url()


def query_of(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"?{query}" if query else ""


def _site(request: HttpRequest) -> Site | None:
    """Where Wagtail itself looks for it: it asks the database once a request."""
    if not hasattr(request, "_wagtail_site"):
        name = f"site {request.get_host()} {request.get_port()}"
        request._wagtail_site = kept_until_touched(name, lambda: Site.find_for_request(request))
    return request._wagtail_site


def _root_paths(request: HttpRequest) -> list[str]:
    """Where the trees begin, out of Wagtail's cache; that of the visitor's language first."""
    site = _site(request)
    roots = [root for root in Site.get_site_root_paths() if site and root.site_id == site.pk]
    roots.sort(key=lambda root: root.language_code != get_language())
    return [root.root_path for root in roots]
