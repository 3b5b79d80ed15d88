"""What is known of a project or a researcher, packed into one array of whole numbers, and back.

A fingerprint is written when its row changes and holds all that points are given for, so that nothing but
fingerprints is read to rank ten thousand projects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from scipy.sparse import csr_array

#: The sections of a fingerprint, in their order. `words` may repeat; all others are sets, `home` of one: the
#: id of the lead university, or of the one at which a researcher works.
SECTIONS = (
    "words",
    "fields",
    "themes",
    "sports",
    "languages",
    "home",
    "wished_fields",
    "wished_words",
)
#: Different words share a number once in some ten thousand pairs; more numbers would not fit the memory.
WORD_NUMBERS = 2**18
CODE_NUMBERS = 2**15

Numbers = np.ndarray


def word_number(stem: str) -> int:
    return crc32(stem.encode()) % WORD_NUMBERS


def code_number(code: str) -> int:
    """Of a field, theme, sport or language; the few hundred codes there are do not clash (tested)."""
    return crc32(code.encode()) % CODE_NUMBERS


def pack(sections: Mapping[str, Iterable[int]]) -> bytes:
    """Little-endian int32: the length of each section, then all of them."""
    lists = [list(sections.get(name, ())) for name in SECTIONS]
    numbers = [*map(len, lists), *(number for one in lists for number in one)]
    return np.asarray(numbers, dtype="<i4").tobytes()


@dataclass(frozen=True, slots=True)
class Sides:
    """Many projects or researchers, row by row. Each section is a sparse count matrix (rows × numbers)."""

    ids: Numbers
    #: Ids of universities, -1 where none is known.
    homes: Numbers
    sections: dict[str, csr_array]

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: Numbers | slice) -> Sides:
        return Sides(
            self.ids[rows], self.homes[rows], {name: matrix[rows] for name, matrix in self.sections.items()}
        )


def unpack(ids: Sequence[int], packed: Sequence[bytes]) -> Sides:
    """Raises ValueError for a torn fingerprint."""
    whole = np.frombuffer(b"".join(packed), dtype="<i4")
    sizes = np.fromiter((len(one) // 4 for one in packed), dtype=np.int64, count=len(packed))
    starts = np.cumsum(sizes) - sizes
    columns = np.arange(len(SECTIONS))
    if (sizes < len(SECTIONS)).any():
        raise ValueError("A fingerprint is torn: its lengths are missing.")
    lengths = whole[starts[:, None] + columns].astype(np.int64)
    if (lengths.sum(axis=1) + len(SECTIONS) != sizes).any():
        raise ValueError("A fingerprint is torn: its sections do not fill it.")
    at = starts + len(SECTIONS)
    homes, sections = np.full(len(packed), -1, dtype=np.int64), {}
    for column, name in enumerate(SECTIONS):
        if name == "home":
            known = lengths[:, column] > 0
            homes[known] = whole[at[known]]
        else:
            width = WORD_NUMBERS if name.endswith("words") else CODE_NUMBERS
            sections[name] = _matrix(whole, at, lengths[:, column], width)
        at = at + lengths[:, column]
    return Sides(np.asarray(ids, dtype=np.int64), homes, sections)


def _matrix(whole: Numbers, at: Numbers, lengths: Numbers, width: int) -> csr_array:
    ends = np.concatenate(([0], np.cumsum(lengths)))
    places = np.repeat(at - ends[:-1], lengths) + np.arange(ends[-1])
    matrix = csr_array(
        (np.ones(ends[-1], dtype=np.float32), whole[places], ends), shape=(len(lengths), width)
    )
    matrix.sum_duplicates()
    return matrix
