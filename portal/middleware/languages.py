"""The language of an answer: the one in the address of a page, else the visitor's."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_path, get_language_from_request

from portal.languages import read_in
from portal.middleware.headers import CMS_PATH


class LanguageMiddleware(LocaleMiddleware):
    """Django's, without its redirect of everything that is not found: only pages have a language in front."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        # Wagtail's admin shows each page at the address of its own language.
        read_in(None if request.path_info.startswith(CMS_PATH) else request.LANGUAGE_CODE)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        read_in(None)
        in_path = get_language_from_path(request.path_info)
        if in_path is None:
            patch_vary_headers(response, ("Accept-Language",))
        elif response.status_code == 200 and in_path != get_language_from_request(request):
            _remember(response, in_path)
        response.headers.setdefault("Content-Language", in_path or get_language())
        return response


def _remember(response: HttpResponseBase, language: str) -> None:
    """Whoever opened a page in a language reads in it also what has no language in front."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
