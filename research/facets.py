"""By what a project is found: the codes of one project, by kind."""

from __future__ import annotations

from collections.abc import Iterator

from research.enums import CallState
from research.models import Project

#: In the order in which the search shows them.
KINDS = ("call", "theme", "field", "sport", "country", "university", "status", "keyword")


def facets_of(project: Project) -> Iterator[tuple[str, str]]:
    """(kind, value) of all; countries are those of the universities, `university` is a slug."""
    universities = [project.lead, *project.partners.all()]
    yield "status", project.status
    yield from (("theme", code) for code in project.themes)
    yield from (("field", code) for code in project.fields)
    yield from (("sport", code) for code in project.sports)
    yield from (("keyword", word.casefold()[:120]) for word in project.keywords)
    yield from (("university", university.slug) for university in universities)
    yield from (("country", university.country.code) for university in universities)
    if any(call.state == CallState.OPEN for call in project.calls.all()):
        yield "call", "open"
