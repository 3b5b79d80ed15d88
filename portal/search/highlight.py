"""Hits as they are shown: escaped, with what was asked for marked."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .stems import WORD, stem

#: Letters of a text that are shown, and how many of them stand before the first hit.
SHOWN, BEFORE = 240, 60


def marked(text: str, asked: list[str]) -> SafeString:
    parts, end = [], 0
    for found in WORD.finditer(text):
        if _is_hit(found[0], asked):
            parts += [escape(text[end : found.start()]), f"<mark>{escape(found[0])}</mark>"]
            end = found.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 - every part is escaped


def excerpt(text: str, asked: list[str]) -> SafeString:
    """A piece of `text` around the first hit, or its beginning."""
    first = next((found.start() for found in WORD.finditer(text) if _is_hit(found[0], asked)), 0)
    start = text.rfind(" ", 0, max(first - BEFORE, 0)) + 1
    piece = text[start : start + SHOWN]
    if start + SHOWN < len(text):
        piece = piece.rsplit(" ", 1)[0] + " …"
    return marked(f"… {piece}" if start else piece, asked)


def _is_hit(word: str, asked: list[str]) -> bool:
    cut = stem(word)
    return cut in asked or cut.startswith(asked[-1])
