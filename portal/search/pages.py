"""Pages as things to find: by what their models say is searched in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils import translation
from django.utils.functional import Promise
from wagtail.models import Page
from wagtail.search.index import RelatedFields, SearchField

from . import Described, Kind


def page_kind(name: str, label: str | Promise, model: type[Page]) -> Kind:
    return Kind(
        name=name,
        label=label,
        model=model,
        visible=visible_pages,
        describe=describe_page,
        load=Page.objects.only("slug", "url_path", "path", "depth", "locale").in_bulk,
        address=lambda page: page.get_url() or "",
    )


def visible_pages() -> QuerySet:
    return Page.objects.live().public().filter(depth__gt=1).order_by().values("pk")


def describe_page(page: Page) -> Described | None:
    page = page.specific
    if not page.live:
        return None
    language, title = page.locale.language_code, page.title
    with translation.override(language):
        texts = (text for text in _texts(page, page.get_search_fields()) if text and text != title)
        text = " ".join(" ".join(texts).split())
    return Described(title=title, text=text, language=language, thing=str(page.translation_key))


def _texts(thing: object, fields: Iterable[object]) -> Iterator[str]:
    for field in fields:
        if isinstance(field, SearchField):
            yield from _flat(field.get_value(thing))
        elif isinstance(field, RelatedFields):
            related = field.get_value(thing)
            if related is not None and not hasattr(related, "all"):
                yield from _texts(related, field.fields)


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, (list, tuple)):
        for one in value:
            yield from _flat(one)
    elif value:
        yield str(value)
