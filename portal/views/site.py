from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/robots.txt", content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    """For programs that ask for it unread: readers of feeds, previews of links."""
    return redirect(static("portal/images/favicon.ico"))


def nothing(request: HttpRequest, rest: str) -> NoReturn:
    """In front of routes that Wagtail brings along and the portal has no use for."""
    raise Http404
