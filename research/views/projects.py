"""Joint research: the public list of projects, narrowed by facets and words."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.page_cache import kept_for_visitors
from research import access
from research.facet_lists import Facets, facets_shown
from research.forms.projects import ProjectFilter
from research.queries.found import listed_projects
from research.queries.projects import FoundProjects, find_projects

PAGE_SIZE = 20


class CountedPaginator(Paginator):
    """Knows the count already: the facets hold it."""

    def __init__(self, found: FoundProjects, count: int) -> None:
        super().__init__(found, PAGE_SIZE)
        self.count = count


@require_safe
@kept_for_visitors
def projects(request: HttpRequest) -> HttpResponse:
    form, facets = _narrowed(request, trusting=True)
    if facets.unknown:
        form, facets = _narrowed(request, trusting=False)
    sought, within = form.wanted(), listed_projects()
    found = CountedPaginator(find_projects(sought, within), facets.found).get_page(request.GET.get("page"))
    unordered = sought.unordered().query()
    context = {
        "form": form,
        "found": found,
        "filtered": bool(sought),
        "facets": facets,
        "query": sought.query(),
        "unordered": unordered,
        "feed": f"{unordered}&{urlencode({'language': get_language()})}".lstrip("&"),
        "may_propose": access.may_propose(request.user),
    }
    response = render(request, "research/project_list.html", context)
    if getattr(request, "htmx", None):
        # What a form sends names its empty fields as well.
        response["HX-Push-Url"] = f"{request.path}?{sought.query()}".rstrip("?")
    return response


def _narrowed(request: HttpRequest, *, trusting: bool) -> tuple[ProjectFilter, Facets]:
    """The names of universities are read in any case, so that only a bad link costs a query to check them."""
    form = ProjectFilter(request.GET, trusting=trusting)
    whole = request.GET.get("all", "")
    return form, facets_shown(form.wanted(), form.faults, listed_projects(), whole=whole)
