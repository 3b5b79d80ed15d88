"""Every address of the CMS, to be filled in with a stranger's things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class CmsRoute:
    pattern: str  # "cms/pages/<int:page_id>/edit/"
    namespace: str  # "wagtailadmin_pages"

    def filled(self, values: Mapping[str, object]) -> str:
        """The address; `values` by "namespace parameter" or by parameter alone; KeyError for a new one."""
        return "/" + re.sub(
            r"<(?:\w+:)?(\w+)>", lambda found: str(self._value(found[1], values)), self.pattern
        )

    def _value(self, parameter: str, values: Mapping[str, object]) -> object:
        special = f"{self.namespace} {parameter}"
        return values[special] if special in values else values[parameter]


def cms_routes() -> list[CmsRoute]:
    found = (
        route for route in _walk(get_resolver().url_patterns, "", "") if route.pattern.startswith("cms/")
    )
    # The last one answers all that is left with 404.
    return [route for route in found if not route.pattern.endswith(".*/")]


def _walk(patterns: list, prefix: str, namespace: str) -> Iterator[CmsRoute]:
    for one in patterns:
        path = prefix + _plain(str(one.pattern))
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, path, one.namespace or namespace)
        elif isinstance(one, URLPattern):
            yield CmsRoute(path, namespace)


def _plain(pattern: str) -> str:
    """Regular expressions of Wagtail's few old routes, as if they had been written with path()."""
    pattern = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", pattern)
    return pattern.replace("\\.", ".").removeprefix("^").removesuffix("$")
