from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal.middleware.pages import find_page, query_of


@require_safe
def to_language(request: HttpRequest, path: str) -> HttpResponse:
    """From the address of a page without a language to the same one in the visitor's."""
    if find_page(request, path) is None:
        raise Http404
    response = redirect(reverse("wagtail_serve", args=[path]) + query_of(request))
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response
