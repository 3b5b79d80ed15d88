"""Uploads that are refused by their length, before anybody has read them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]
#: Bytes beside the file: a request carries its form fields and the multipart wrapping.
WRAPPING = 64 * 1024


def takes_file(*, max_bytes: int, refusal: str) -> Callable[[View], View]:
    """Around a view with a form for one file; `refusal` is the template that says that it is too large.

    The check of the token reads the whole body, so it comes after that of the length.
    """

    def decorate(view: View) -> View:
        checked = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def bounded(request: HttpRequest, **parts: object) -> HttpResponse:
            if int(request.META.get("CONTENT_LENGTH") or 0) > max_bytes + WRAPPING:
                return render(request, refusal, {"max_bytes": max_bytes, **parts}, status=413)
            return checked(request, **parts)

        return bounded

    return decorate
