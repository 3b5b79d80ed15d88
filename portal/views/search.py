from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.page_cache import kept_for_visitors
from portal.queries.search import Found, hits, search

A_PAGE = 10
LONGEST_QUERY = 100


class FoundPaginator(Paginator):
    """Knows the count already: the facets hold it."""

    def __init__(self, found: Found) -> None:
        super().__init__(found.entries, A_PAGE)
        self.total = found.total

    @cached_property
    def count(self) -> int:
        return self.total


@require_safe
@kept_for_visitors
def find(request: HttpRequest) -> HttpResponse:
    # PostgreSQL takes no text with a zero byte.
    query = request.GET.get("q", "").replace("\0", "")[:LONGEST_QUERY].strip()
    kind = request.GET.get("kind", "")[:20].replace("\0", "")
    found = search(query, language=get_language() or "", kind=kind)
    page = FoundPaginator(found).get_page(request.GET.get("page"))
    context = {
        "query": query,
        "kind": kind,
        "found": found,
        "all_found": sum(count for _kind, count in found.counts),
        "list": page,
        "hits": hits(list(page), found.asked),
    }
    return render(request, "portal/search.html", context)
