"""What stands in kept pages, by tags; a tag that is touched makes all pages with it old.

"at:…" is what a page says, by its translation key; "named:…" what a page is called, by its place in the tree:
the way down to a page names those above it. "facts:…" is what the exchange adds to it, by the place of its
university; pages of no university show facts of all.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from functools import wraps
from hashlib import sha256
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, PageViewRestriction, Site

T = TypeVar("T")

#: Touched with any tag: what was being drawn meanwhile is not kept.
LAST_TOUCH = "pages:last-touch"
FACTS = "pages:facts"
STEP = Page.steplen
#: Of the page of a university, below the list of them.
UNIVERSITY_DEPTH = 4


def tags_of(page: Page) -> list[str]:
    named = [f"pages:named:{page.path[:end]}" for end in range(STEP, len(page.path) + 1, STEP)]
    return [_at(page), *named, _facts(page.path) if page.depth >= UNIVERSITY_DEPTH else FACTS]


def kept_for_visitors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A list outside of the CMS that is the same for all who have not signed in; any touch makes it old."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        response = view(request, *args, **named)
        response.kept_by = [LAST_TOUCH]
        return response

    return answer


def kept_until_touched(name: str, make: Callable[[], T]) -> T:
    """What `make` gives, until anything at all is touched; made each time where nothing may be kept."""
    if settings.PART_CACHE_SECONDS <= 0:
        return make()
    key = f"pages:part:{sha256(name.encode()).hexdigest()}"
    known = cache.get_many([key, LAST_TOUCH])
    touched = known.get(LAST_TOUCH)
    if key in known and known[key][0] == touched:
        return known[key][1]
    made = make()
    if cache.get(LAST_TOUCH) == touched:
        cache.set(key, (touched, made), settings.PART_CACHE_SECONDS)
    return made


def facts_changed(paths: Callable[[], Iterable[str]]) -> None:
    """`paths` of the universities' pages is asked when the transaction has ended, and costs it nothing."""
    transaction.on_commit(lambda: touch([FACTS, *map(_facts, paths())]), robust=True)


def touch(tags: Iterable[str]) -> None:
    """When the transaction has ended: before that, others would draw the old page anew."""
    names = [*tags, LAST_TOUCH]
    transaction.on_commit(lambda: cache.set_many(dict.fromkeys(names, secrets.token_hex(8)), timeout=None))


def page_changed(*, instance: object, update_fields: Iterable[str] | None = None, **signal: object) -> None:
    """A page that was published, taken down, moved or deleted; drafts are saved field by field."""
    if isinstance(instance, Page) and (update_fields is None or "live" in update_fields):
        touch([_at(instance), f"pages:named:{instance.path}", *map(_at, instance.get_ancestors())])


def readers_changed(*, instance: PageViewRestriction, **signal: object) -> None:
    """Who may read a page and all below it."""
    page_changed(instance=instance.page)


def site_changed(*, instance: Site, **signal: object) -> None:
    touch([])


def _facts(path: str) -> str:
    return f"{FACTS}:{path[: UNIVERSITY_DEPTH * STEP]}"


def _at(page: Page) -> str:
    return f"pages:at:{page.translation_key}"
