"""What stands in kept pages, by tags; a tag that is touched makes all pages with it old.

"at:…" is what a page says, by its translation key; "named:…" what a page is called, by its place in the tree:
the way down to a page names those above it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.core.cache import cache
from django.db import transaction
from wagtail.models import Page

#: Touched with any tag: what was being drawn meanwhile is not kept.
LAST_TOUCH = "pages:last-touch"
STEP = Page.steplen


def tags_of(page: Page) -> list[str]:
    return [_at(page), *(f"pages:named:{page.path[:end]}" for end in range(STEP, len(page.path) + 1, STEP))]


def touch(tags: Iterable[str]) -> None:
    """When the transaction has ended: before that, others would draw the old page anew."""
    names = [*tags, LAST_TOUCH]
    transaction.on_commit(lambda: cache.set_many(dict.fromkeys(names, secrets.token_hex(8)), timeout=None))


def page_changed(*, instance: object, update_fields: Iterable[str] | None = None, **signal: object) -> None:
    """A page that was published, taken down, moved or deleted; drafts are saved field by field."""
    if isinstance(instance, Page) and (update_fields is None or "live" in update_fields):
        touch([_at(instance), f"pages:named:{instance.path}", *map(_at, instance.get_ancestors())])


def _at(page: Page) -> str:
    return f"pages:at:{page.translation_key}"
