"""What files of a project may be called and be."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

#: Documents, tables, pictures and archives; nothing that a browser would run.
KINDS = frozenset({
    "pdf", "doc", "docx", "odt", "rtf", "txt", "md", "tex", "bib", "xls", "xlsx", "ods", "csv", "tsv", "json",
    "xml", "ppt", "pptx", "odp", "png", "jpg", "jpeg", "gif", "webp", "tif", "tiff", "zip",
})  # fmt: skip
MAX_BYTES = 20 * 1024 * 1024
#: Characters of the name without its ending: the database keeps the whole path in 100.
LONGEST_STEM = 60
NO_LETTERS = re.compile(r"[^\w-]+")


def kind_of(name: str) -> str:
    return PurePath(name).suffix.lower().removeprefix(".")


def shown_title(name: str) -> str:
    """The name as it was given, as one line without folders and without signs that are not seen."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    return " ".join(seen.split())[-200:]


def kept_name(name: str) -> str:
    """As it is stored and stands in addresses: letters, digits, `-`, `_`, and one ending."""
    title = PurePath(shown_title(name))
    stem = NO_LETTERS.sub("_", title.stem).strip("_-") or "file"
    return f"{stem[:LONGEST_STEM]}.{kind_of(title.name)}"
