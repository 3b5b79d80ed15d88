"""Pages as visitors without any cookie of ours meet them, kept in Redis: docs/explanation/caching.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from wagtail.models import Page

from portal.page_cache import LAST_TOUCH, tags_of

#: Browsers and proxies ask each time, and are told with few bytes that nothing has changed.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
#: With an answer that has no body.
SENT_ALWAYS = ("ETag", "Cache-Control", "Vary")
#: Addresses with a query are endless; they are drawn each time.
ROUTE = "wagtail_serve"


class PageCacheMiddleware:
    """Stands before sessions and all that follows them: a page that is kept costs two looks into Redis."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_anybodys(request):
            return self.get_response(request)
        key = _key(request)
        known = cache.get_many([key, LAST_TOUCH])
        kept = known.get(key)
        if kept and _tokens(kept["tags"]) == kept["tags"]:
            return _answer(request, kept["headers"], kept["body"])
        response = self.get_response(request)
        page = _page_to_keep(request, response)
        if page is None:
            return response
        _name(response)
        headers = dict(response.headers)
        tags = _tokens([*tags_of(page), LAST_TOUCH])
        if tags.pop(LAST_TOUCH) == known.get(LAST_TOUCH):
            kept = {"tags": tags, "headers": headers, "body": response.content}
            cache.set(key, kept, settings.PAGE_CACHE_SECONDS)
        return _answer(request, headers, response.content)


def _tokens(tags: Iterable[str]) -> dict[str, str | None]:
    """None for a tag that has never been touched."""
    names = list(tags)
    return dict.fromkeys(names) | cache.get_many(names)


def _is_anybodys(request: HttpRequest) -> bool:
    """Nobody has signed in, and nobody is about to be told something."""
    return (
        settings.PAGE_CACHE_SECONDS > 0
        and request.method == "GET"
        and not request.META.get("QUERY_STRING")
        and not {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys()
        and "HTTP_HX_REQUEST" not in request.META
        and "HTTP_AUTHORIZATION" not in request.META
    )


def _key(request: HttpRequest) -> str:
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    named = "\n".join((request.scheme, request.META.get("HTTP_HOST", ""), request.path, language))
    return f"pages:{sha256(named.encode()).hexdigest()}"


def _page_to_keep(request: HttpRequest, response: HttpResponse) -> Page | None:
    """None where the answer is for one visitor alone, or is no page."""
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
    return page if match.view_name == ROUTE and isinstance(page, Page) and page.live else None


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
