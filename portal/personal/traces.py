"""Words by which a person is known, found and taken out of texts of any kind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from urllib.parse import quote

from . import FORMER_MEMBER

ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
#: One name alone is everybody's: "Anna" is left in texts.
LEAST_WORDS = 2
#: How deep JSON is looked for in strings of JSON: a revision holds the body of a page that way.
DEEPEST = 4


@dataclass(frozen=True)
class Traces:
    """Addresses and iDs are one person's; a name stands here only where nobody else bears it."""

    marks: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        written = {form for mark in self.marks for form in _forms(mark)}
        longest_first = sorted(map(re.escape, written), key=len, reverse=True)
        return re.compile(rf"(?<![\w.+-])(?:{'|'.join(longest_first)})(?!\w|-\w)", re.IGNORECASE)

    @cached_property
    def needles(self) -> frozenset[str]:
        """Small pieces, one of which stands in every text that has a trace, however the text is written."""
        words = {_telling_word(mark) for mark in self.marks}
        cases = {form for word in words for form in (word, word.lower(), word.upper(), word.title())}
        cases |= {escape(word) for word in cases} | {quote(word) for word in cases}
        inside = {json.dumps(word)[1:-1] for word in cases}
        deeper = {json.dumps(word)[1:-1] for word in inside}
        return frozenset(_small(word) for word in cases | inside | deeper)

    def mentions(self, text: str) -> bool:
        return bool(self.marks) and self.pattern.search(text) is not None

    def without(self, text: str) -> str:
        return self.pattern.sub(FORMER_MEMBER, text) if self.marks else text

    def without_json(self, value: object, depth: int = 0) -> object:
        """The same for what JSON holds, and for JSON within its strings."""
        if isinstance(value, dict):
            return {self.without(key): self.without_json(one, depth) for key, one in value.items()}
        if isinstance(value, list):
            return [self.without_json(one, depth) for one in value]
        return self._without_string(value, depth) if isinstance(value, str) else value

    def _without_string(self, text: str, depth: int) -> str:
        if text[:1] in ("{", "[") and depth < DEEPEST:
            try:
                inside = json.loads(text)
            except ValueError:
                return self.without(text)
            cleaned = self.without_json(inside, depth + 1)
            return text if cleaned == inside else json.dumps(cleaned)
        return self.without(text)


def traces_of(names: Iterable[str], shared: Iterable[str] = ()) -> Traces:
    """`shared`: names that others bear as well; those are left in texts."""
    theirs = {_plain(name) for name in shared}
    plain = {_plain(name) for name in names}
    known = {name for name in plain if "@" in name or ORCID.fullmatch(name)}
    called = {name for name in plain - known if len(name.split()) >= LEAST_WORDS and name not in theirs}
    return Traces(frozenset(known | called))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _forms(mark: str) -> set[str]:
    if "@" in mark:
        return {mark, quote(mark), escape(mark)}
    if ORCID.fullmatch(mark.upper()):
        return {mark, mark.replace("-", "")}
    words = mark.split()
    turned = [*words[1:], words[0]], [words[-1], *words[:-1]]
    forms = {mark, *(" ".join(one) for one in turned), f"{words[-1]}, {' '.join(words[:-1])}"}
    return forms | {escape(form) for form in forms}


def _telling_word(mark: str) -> str:
    """Of a name its longest word, of an iD its end, of an address all of it."""
    if "@" in mark:
        return mark
    return mark[-4:] if ORCID.fullmatch(mark.upper()) else max(mark.split(), key=len)


def _small(text: str) -> str:
    """As both databases' `lower` at least does it."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)
