"""The routes of the URL resolver, by the names under which the table lists them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Route:
    #: "namespace:name"; the pattern beside it where a name is used twice, the pattern alone without a name.
    key: str
    #: What `reverse` knows it by; "" where it cannot.
    name: str
    pattern: str

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"(?:<(?:\w+:)?|\(\?P<)(\w+)>", self.pattern)


def all_routes() -> dict[str, Route]:
    found = list(_walk(get_resolver(), "", ()))
    uses = Counter(name for name, _pattern in found)
    return {route.key: route for route in (_route(name, pattern, uses) for name, pattern in found)}


def _route(name: str, pattern: str, uses: Counter[str]) -> Route:
    if not name:
        return Route(f"/{pattern}", "", pattern)
    return Route(name if uses[name] == 1 else f"{name} /{pattern}", name, pattern)


def _walk(resolver: URLResolver, prefix: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        pattern = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one, pattern, (*names, one.namespace) if one.namespace else names)
        elif isinstance(one, URLPattern):
            yield ":".join((*names, one.name)) if one.name else "", pattern
