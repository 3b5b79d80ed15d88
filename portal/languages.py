"""In which language a page is opened, and what its address is in another one.

Every page has an address in every language, `/en/…`, `/ru/…`: the tree of that language answers it, or else
the page as it was written, with the portal's own words in the language asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils.translation import get_language_from_path

#: The language of whoever reads a page of the portal; none in Wagtail's admin, in commands.
_reading: ContextVar[str | None] = ContextVar("reading", default=None)


def read_in(language: str | None) -> None:
    _reading.set(language)


def language_read() -> str | None:
    return _reading.get()


@contextmanager
def nobody_reads() -> Iterator[None]:
    """Addresses are those of the language in which a page is written."""
    with reads(None):
        yield


@contextmanager
def reads(language: str | None) -> Iterator[None]:
    """Addresses are those of somebody who reads `language`."""
    token = _reading.set(language)
    try:
        yield
    finally:
        _reading.reset(token)


def path_in(path: str, language: str) -> str:
    """`/en/universities/` in Russian is `/ru/universities/`; a path without a language stays as it is."""
    now = get_language_from_path(path)
    if now is None:
        return path
    return f"/{language}/{path.split('/', 2)[2]}" if path.count("/") > 1 else f"/{language}/"


def codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]
