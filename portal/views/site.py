from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/robots.txt", content_type="text/plain")


def nothing(request: HttpRequest, rest: str) -> NoReturn:
    """In front of routes that Wagtail brings along and the portal has no use for."""
    raise Http404
