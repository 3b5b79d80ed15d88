"""CSL-JSON written as BibTeX, in UTF-8; signs that TeX reads as its own are written as its names for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import bibtexparser
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from django.utils.text import slugify

from research.enums import OutputKind
from research.models import Output

from .bibtex import PEOPLE
from .csl import csl_of
from .facts import Item
from .kinds import bibtex_type

SIGNS = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
#: An address keeps its signs; braces alone would end the field.
ADDRESS_SIGNS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
FIELDS = {
    "collection-title": "series",
    "publisher-place": "address",
    "volume": "volume",
    "issue": "number",
    "page": "pages",
    "edition": "edition",
    "language": "langid",
    "ISBN": "isbn",
    "ISSN": "issn",
    "abstract": "abstract",
}
CONTAINERS = {OutputKind.CHAPTER: "booktitle", OutputKind.CONFERENCE: "booktitle"}
PUBLISHERS = {OutputKind.THESIS: "school", OutputKind.REPORT: "institution"}


def write_bibtex(outputs: Iterable[Output]) -> str:
    library, keys = Library(), set()
    for output in outputs:
        item = csl_of(output)
        fields = [Field(name, value) for name, value in _fields(output, item)]
        library.add(Entry(bibtex_type(output.kind), _key(item, output, keys), fields))
    return bibtexparser.write_string(library)


def _fields(output: Output, item: Item) -> Iterator[tuple[str, str]]:
    """The title in braces of its own: no style changes its capitals."""
    for role in PEOPLE:
        if people := [_name(person) for person in item.get(role) or [] if isinstance(person, dict)]:
            yield role, " and ".join(people)
    yield "title", f"{{{output.title.translate(SIGNS)}}}"
    names = {
        "container-title": CONTAINERS.get(output.kind, "journal"),
        "publisher": PUBLISHERS.get(output.kind, "publisher"),
        **FIELDS,
    }
    for csl_name, name in names.items():
        value = item.get(csl_name)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str | int) and str(value):
            written = str(value).translate(SIGNS)
            yield name, written.replace("-", "--") if name == "pages" else written
    date = (item.get("issued") or {}).get("date-parts") or [[]]
    for name, part in zip(("year", "month"), date[0], strict=False):
        yield name, str(part)
    if output.doi:
        yield "doi", output.doi.translate(ADDRESS_SIGNS)
    if output.url:
        yield "url", output.url.translate(ADDRESS_SIGNS)


def _name(person: dict[str, str]) -> str:
    if not person.get("family"):
        return f"{{{str(person.get('literal') or person.get('given') or '').translate(SIGNS)}}}"
    family = " ".join(filter(None, [person.get("non-dropping-particle"), person["family"]]))
    parts = [family, person.get("suffix"), person.get("given")]
    return ", ".join(part.translate(SIGNS) for part in parts if part)


def _key(item: Item, output: Output, taken: set[str]) -> str:
    """As people write them: family name, year, and a letter where two would be the same."""
    people = item.get("author") or item.get("editor") or [{}]
    family = slugify(people[0].get("family") or people[0].get("literal") or "").replace("-", "")
    stem = f"{family or 'output'}{output.year or ''}"
    letters = ("", *(f"-{number}" for number in range(2, len(taken) + 3)))
    key = next(stem + letter for letter in letters if stem + letter not in taken)
    taken.add(key)
    return key
