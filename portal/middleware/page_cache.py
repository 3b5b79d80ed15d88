"""Pages as visitors who have not signed in meet them, kept in Redis: docs/explanation/caching.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from wagtail.models import Page

from portal.page_cache import LAST_TOUCH, tags_of

#: Browsers and proxies ask each time, and are told with few bytes that nothing has changed.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
#: With an answer that has no body.
SENT_ALWAYS = ("ETag", "Cache-Control", "Vary")
ROUTE = "wagtail_serve"
#: Addresses with a query are endless, and Redis also holds the tasks: they share so many places.
PLACES = 256
LONGEST_QUERY = 300


class PageCacheMiddleware:
    """Stands before sessions and all that follows them: a kept page costs a look or two into Redis."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_anybodys(request):
            return self.get_response(request)
        key, named = _key(request)
        known = cache.get_many([key, LAST_TOUCH])
        kept = known.get(key)
        if kept and kept["named"] == named and _is_fresh(kept, known.get(LAST_TOUCH)):
            return _answer(request, kept["headers"], kept["body"])
        response = self.get_response(request)
        wanted = _tags_to_keep(request, response)
        if wanted is None:
            return response
        _name(response)
        headers = dict(response.headers)
        tokens = _tokens([*wanted, LAST_TOUCH])
        if tokens[LAST_TOUCH] == known.get(LAST_TOUCH):
            tags = {tag: tokens[tag] for tag in wanted}
            kept = {"named": named, "tags": tags, "headers": headers, "body": response.content}
            kept["touched"] = tokens[LAST_TOUCH]
            cache.set(key, kept, settings.PAGE_CACHE_SECONDS)
        return _answer(request, headers, response.content)


def _is_fresh(kept: dict, touched: str | None) -> bool:
    """Most often nothing at all was touched meanwhile, and its own tags need not be asked for."""
    return kept.get("touched", "") == touched or _tokens(kept["tags"]) == kept["tags"]


def _tokens(tags: Iterable[str]) -> dict[str, str | None]:
    """None for a tag that has never been touched."""
    names = list(tags)
    return dict.fromkeys(names) | cache.get_many(names)


def _is_anybodys(request: HttpRequest) -> bool:
    """Nobody has signed in, and nobody is about to be told something."""
    return (
        settings.PAGE_CACHE_SECONDS > 0
        and request.method == "GET"
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
        and not {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys()
        and "HTTP_HX_REQUEST" not in request.META
        and "HTTP_AUTHORIZATION" not in request.META
    )


def _key(request: HttpRequest) -> tuple[str, str]:
    """Where the answer is kept, and what it is called there: a place may hold that of another query."""
    query = request.META.get("QUERY_STRING", "")
    language = get_language_from_request(request)
    parts = (request.scheme, request.META.get("HTTP_HOST", ""), request.path, language, query)
    named = sha256("\n".join(parts).encode()).hexdigest()
    return f"pages:{int(named, 16) % PLACES if query else named}", named


def _tags_to_keep(request: HttpRequest, response: HttpResponse) -> list[str] | None:
    """None where the answer is for one visitor alone, or is nothing to keep."""
    match = request.resolver_match
    personal = (
        response.cookies
        or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        or settings.CSRF_COOKIE_NAME in request.COOKIES
        or response.has_header("Cache-Control")
    )
    if response.status_code != 200 or response.streaming or personal or not match:
        return None
    page = (getattr(response, "context_data", None) or {}).get("page")
    if match.view_name == ROUTE and isinstance(page, Page) and page.live:
        return tags_of(page)
    return getattr(response, "kept_by", None)


def _name(response: HttpResponse) -> None:
    response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
    response["Cache-Control"] = CACHE_CONTROL
    patch_vary_headers(response, ["Cookie"])


def _answer(request: HttpRequest, headers: dict[str, str], body: bytes) -> HttpResponse:
    asked = request.META.get("HTTP_IF_NONE_MATCH", "")
    if headers["ETag"] in (one.strip().removeprefix("W/") for one in asked.split(",")):
        answer: HttpResponse = HttpResponseNotModified()
        headers = {name: headers[name] for name in SENT_ALWAYS}
    else:
        answer = HttpResponse(body)
    for name, value in headers.items():
        answer[name] = value
    return answer
