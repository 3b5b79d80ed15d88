"""Words as they are looked up: without their endings, Belarusian ones beside their Russian sisters.

English and Russian words are cut by Snowball. There is none for Belarusian; its spelling and its endings are
written the Russian way first, so that "каманды" is found by "каманда" and "ўніверсітэт" by "университет".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
BELARUSIAN_ENDINGS = (
    ("аў", "ов"),
    ("яў", "ев"),
    ("ага", "ого"),
    ("яга", "его"),
    ("аму", "ому"),
    ("ямі", "ями"),
)
BELARUSIAN_LETTERS = str.maketrans({"і": "и", "ў": "у", "ё": "е", "э": "е", "’": None, "'": None})
#: What a query may hold; more would only slow the database down.
MOST_WORDS = 8

_english = snowballstemmer.stemmer("english")
_russian = snowballstemmer.stemmer("russian")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    word = word.casefold()
    if not CYRILLIC.search(word):
        return _english.stemWord(word.replace("’", "").replace("'", ""))
    for ending, russian in BELARUSIAN_ENDINGS:
        if word.endswith(ending):
            word = word.removesuffix(ending) + russian
            break
    return _russian.stemWord(word.translate(BELARUSIAN_LETTERS))


def stems(text: str) -> Iterator[str]:
    return (stem(found[0]) for found in WORD.finditer(text))


def asked_stems(query: str) -> list[str]:
    """Of a query, short words left out where there are longer ones: "в", "of"."""
    words = [found[0] for found in WORD.finditer(query)]
    telling = [word for word in words if len(word) > 2] or words
    return [stem(word) for word in telling[:MOST_WORDS]]
