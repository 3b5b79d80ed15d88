"""Outputs as people cite them: authors, year, title, where it appeared.

One plain style in the manner of APA's, from CSL-JSON; a processor with styles would read a megabyte of XML to
write one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.identifiers import doi_url
from research.enums import OutputKind
from research.models import Output

#: More authors than these end in “et al.”
MOST_AUTHORS = 6
#: Whose container is a publisher or an archive, not a journal.
PUBLISHED_BY = (
    OutputKind.BOOK,
    OutputKind.THESIS,
    OutputKind.REPORT,
    OutputKind.DATASET,
    OutputKind.SOFTWARE,
)


@dataclass(frozen=True, slots=True)
class Citation:
    #: “Lis, D., & Novik, M. (2027).”, without the title, which is a link where there is an address.
    before: str
    title: str
    #: The year stands behind the title where nobody is named.
    after: str
    #: Where it appeared, with volume, issue and pages.
    container: str
    numbers: str
    url: str
    doi: str
    kind: str


def cite(output: Output) -> Citation:
    csl = output.csl
    year = f"({output.year})." if output.year else _("(no year).")
    names = _names(csl)
    return Citation(
        before=f"{names} {year}" if names else "",
        title=output.title,
        after="" if names else year,
        container=container_of(csl),
        numbers=_numbers(csl),
        url=doi_url(output.doi) if output.doi else output.url,
        doi=output.doi,
        kind=OutputKind(output.kind).label,
    )


def author_words(csl: dict[str, Any]) -> str:
    """As the form writes and reads them: family, given; family, given."""
    return "; ".join(_full(author) for author in _authors(csl))


def read_authors(text: str) -> list[dict[str, str]]:
    found = []
    for name in filter(None, (part.strip() for part in text.split(";"))):
        family, _comma, given = (part.strip() for part in name.partition(","))
        found.append({"family": family, "given": given} if given else {"literal": family})
    return found


def with_words(csl: dict[str, Any], *, authors: str, container: str, kind: str) -> dict[str, Any]:
    """The item with what the form asks beyond the columns; the rest stays as it was imported."""
    changed = dict(csl)
    if authors != author_words(csl):
        changed["author"] = read_authors(authors)
    if container != container_of(csl):
        changed.pop("publisher", None)
        changed.pop("container-title", None)
        changed["publisher" if OutputKind(kind) in PUBLISHED_BY else "container-title"] = container
    return {name: value for name, value in changed.items() if value not in ("", None, [])}


def container_of(csl: dict[str, Any]) -> str:
    return _word(csl.get("container-title")) or _word(csl.get("publisher"))


def _word(value: object) -> str:
    """Crossref writes lists where CSL has one string, and numbers where it has words."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value).strip() if isinstance(value, str | int) else ""


def _names(csl: dict[str, Any]) -> str:
    names = [_short(author) for author in _authors(csl)]
    if not names:
        return ""
    if len(names) > MOST_AUTHORS:
        return _("%(names)s, et al.") % {"names": ", ".join(names[:MOST_AUTHORS])}
    return " & ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _authors(csl: dict[str, Any]) -> list[dict[str, str]]:
    found = csl.get("author")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _full(author: dict[str, str]) -> str:
    family = " ".join(filter(None, (_word(author.get("non-dropping-particle")), _word(author.get("family")))))
    return ", ".join(filter(None, (family, _word(author.get("given"))))) or _word(author.get("literal"))


def _short(author: dict[str, str]) -> str:
    full, comma, given = _full(author).partition(", ")
    initials = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split())
    return f"{full}, {initials}" if comma and initials else full


def _numbers(csl: dict[str, Any]) -> str:
    volume, issue, page = (_word(csl.get(name)) for name in ("volume", "issue", "page"))
    number = f"{volume}({issue})" if issue else volume
    return ", ".join(filter(None, (number, page.replace("-", "–"))))
