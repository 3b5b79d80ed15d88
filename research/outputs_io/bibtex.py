"""BibTeX, and what BibLaTeX adds to it, read into CSL-JSON."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

import bibtexparser
from bibtexparser.middlewares import MonthIntMiddleware, NameParts, SeparateCoAuthors, SplitNameParts
from bibtexparser.model import Block, DuplicateBlockKeyBlock, Entry
from django.utils.translation import gettext as _
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from .facts import MOST_CHARACTERS, MOST_ITEMS, Item, Outputs
from .kinds import csl_type, kind_of_bibtex

#: The first field that is there counts.
FIELDS = {
    "title": ("title",),
    "container-title": ("journal", "journaltitle", "booktitle"),
    "collection-title": ("series",),
    "publisher": ("publisher", "school", "institution", "organization"),
    "publisher-place": ("address", "location"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "page": ("pages",),
    "edition": ("edition",),
    "abstract": ("abstract",),
    "language": ("langid", "language"),
    "note": ("note",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "DOI": ("doi",),
    "URL": ("url",),
}
PEOPLE = ("author", "editor")
#: A per cent sign begins a comment in LaTeX, but not here.
VERBATIM = ("doi", "url")
DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


#: What pylatexenc has no letter for, or another one.
MACROS = {"url": "%s", "textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}


def read_bibtex(text: str) -> Outputs:
    found = Outputs()
    if len(text) > MOST_CHARACTERS:
        found.refuse(1, "file", _("The file is longer than %s characters.") % MOST_CHARACTERS)
        return found
    # Names are parted before their accents are read: braces hold an organisation together.
    stack = [SeparateCoAuthors(), SplitNameParts(), MonthIntMiddleware()]
    library = bibtexparser.parse_string(text, append_middleware=stack)
    for block in islice(library.failed_blocks, MOST_ITEMS):
        found.refuse((block.start_line or 0) + 1, "entry", _reason(block))
    entries = library.entries
    if len(entries) > MOST_ITEMS:
        found.refuse(1, "file", _("The file has more than %s outputs; share them out.") % MOST_ITEMS)
        return found
    for entry in entries:
        found.judge(_item(entry), (entry.start_line or 0) + 1)
    if not found.facts and not found.faults:
        found.refuse(1, "file", _("The file holds no outputs."))
    return found


def _reason(block: Block) -> str:
    if isinstance(block, DuplicateBlockKeyBlock):
        return _("The key %s stands in the file twice.") % block.key[:60]
    return _("This entry is not closed, or a comma or a brace is missing in it.")


def _item(entry: Entry) -> Item:
    fields = {field.key.lower(): field.value for field in entry.fields}
    item: Item = {"id": entry.key, "type": csl_type(kind_of_bibtex(entry.entry_type))}
    for name, sources in FIELDS.items():
        written = next(((source, str(fields[source])) for source in sources if fields.get(source)), None)
        if written and (value := _verbatim(written[1]) if written[0] in VERBATIM else _letters(written[1])):
            item[name] = value
    if "page" in item:
        item["page"] = re.sub(r"\s*[-–—]+\s*", "-", item["page"])
    for role in PEOPLE:
        if people := [_person(person) for person in fields.get(role) or []]:
            item[role] = people
    if parts := _date(fields):
        item["issued"] = {"date-parts": [parts]}
    return item


def _verbatim(text: str) -> str:
    """An address loses nothing but the backslashes of TeX."""
    return re.sub(r"\\([_%&#~$])|\\url\{([^}]*)\}", r"\1\2", text).strip()


def _letters(text: str) -> str:
    return " ".join(_latex().latex_to_text(text).split())


@cache
def _latex() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=letters) for name, letters in MACROS.items()]
    context.add_context_category("portal", prepend=True, macros=macros)
    return LatexNodes2Text(latex_context=context, math_mode="text")


def _person(name: NameParts) -> dict[str, str]:
    """An organisation stands in braces of its own, and so has one word."""
    family, given, particle, suffix = (
        _letters(" ".join(part)) for part in (name.last, name.first, name.von, name.jr)
    )
    if not given and not particle:
        return {"literal": family}
    person = {"family": family, "given": given}
    if particle:
        person["non-dropping-particle"] = particle
    if suffix:
        person["suffix"] = suffix
    return person


def _date(fields: dict[str, object]) -> list[int]:
    found = DATE.match(str(fields.get("date") or fields.get("year") or "").strip())
    if found is None:
        return []
    parts = [int(part) for part in found.groups() if part]
    month = fields.get("month")
    return [*parts, month] if len(parts) == 1 and isinstance(month, int) else parts
