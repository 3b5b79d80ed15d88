"""The best of many pairs.

Only those are compared who share a field of science, or of whom one has a field that a call of the other
looks for; where one of the two names no field, a theme will do. Fields are walked one by one, and what each
finds is merged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from .features import Numbers
from .points import REASONS, Ground, give_points

#: Cells of one piece; a cell costs some 60 bytes on the way.
CELLS = 4_000_000
#: Below this a suggestion would be noise: a common language and a short way give no more.
LEAST_POINTS = 150


@dataclass(frozen=True, slots=True)
class Suggested:
    source: int
    candidate: int
    score: int
    #: (reason, points), the weightiest first, none of no points.
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs by their places in sources and candidates, with the points of each reason (pairs × reasons)."""

    rows: Numbers
    columns: Numbers
    points: Numbers

    @property
    def scores(self) -> Numbers:
        return self.points.sum(axis=1, dtype=np.int64)


def rank_candidates(ground: Ground, most: int, apart: csr_array | None = None) -> list[Suggested]:
    """For each source its `most` best, source by source, best first; of equals the smaller id.

    `apart` (sources × candidates) marks pairs that are none: a project and itself, or its own members.
    """
    found = [_best_of_rows(ground, points, *at, most) for at, points in _walk(ground, apart)]
    return _as_suggested(ground, _first_of(_merged(found), "rows", ground.candidates.ids, most))


def rank_sources(ground: Ground, most: int, apart: csr_array | None = None) -> list[Suggested]:
    """For each candidate the `most` sources that suit it best."""
    found = [_best_of_columns(ground, points, *at, most) for at, points in _walk(ground, apart)]
    return _as_suggested(ground, _first_of(_merged(found), "columns", ground.sources.ids, most))


def all_pairs(ground: Ground, apart: csr_array | None = None) -> list[Suggested]:
    """Every pair that may be suggested, of one source or one candidate."""
    found = [_best_of_rows(ground, points, *at, len(at[1])) for at, points in _walk(ground, apart)]
    return _as_suggested(ground, _first_of(_merged(found), "rows", ground.candidates.ids, None))


def _walk(ground: Ground, apart: csr_array | None) -> Iterator[tuple[tuple[Numbers, Numbers], Numbers]]:
    """Pieces: places of sources and of candidates, and their points (reasons × sources × candidates).

    Those of pairs that are none are below zero.
    """
    for rows, columns in _groups(ground):
        step = max(1, CELLS // len(columns))
        for begin in range(0, len(rows), step):
            some = rows[begin : begin + step]
            piece = replace(
                ground, sources=ground.sources.take(some), candidates=ground.candidates.take(columns)
            )
            points = give_points(piece)
            if apart is not None:
                points[:, *apart[some][:, columns].nonzero()] = -1
            yield (some, columns), points


def _groups(ground: Ground) -> Iterator[tuple[Numbers, Numbers]]:
    """Places of the sources and of the candidates that share one code."""
    mine, theirs = ground.sources.sections, ground.candidates.sections
    named, also_named = _names_any(mine["fields"]), _names_any(theirs["fields"])
    yield from _sharing(mine["fields"] + mine["wished_fields"], theirs["fields"])
    yield from _sharing(_only(mine["themes"], ~named), theirs["themes"])
    yield from _sharing(_only(mine["themes"], named), _only(theirs["themes"], ~also_named))


def _sharing(asked: csr_array, given: csr_array) -> Iterator[tuple[Numbers, Numbers]]:
    by_code, given_by_code = asked.tocsc(), given.tocsc()
    for code in np.intersect1d(np.unique(asked.indices), np.unique(given.indices)):
        yield _column(by_code, code), _column(given_by_code, code)


def _names_any(matrix: csr_array) -> Numbers:
    return np.diff(matrix.indptr) > 0


def _only(matrix: csr_array, rows: Numbers) -> csr_array:
    """All other rows emptied."""
    kept = csr_array(matrix.multiply(rows[:, None]))
    kept.eliminate_zeros()
    return kept


def _column(matrix, code: int) -> Numbers:
    return matrix.indices[matrix.indptr[code] : matrix.indptr[code + 1]]


def _best_of_rows(ground: Ground, points: Numbers, rows: Numbers, columns: Numbers, most: int) -> Pairs:
    total = points.sum(axis=0, dtype=np.int64)
    chosen = _top(total, ground.candidates.ids[columns], most)
    row = np.repeat(np.arange(len(rows)), chosen.shape[1])
    column = chosen.ravel()
    return _worthy(Pairs(rows[row], columns[column], points[:, row, column].T))


def _best_of_columns(ground: Ground, points: Numbers, rows: Numbers, columns: Numbers, most: int) -> Pairs:
    total = points.sum(axis=0, dtype=np.int64).T
    chosen = _top(total, ground.sources.ids[rows], most)
    column = np.repeat(np.arange(len(columns)), chosen.shape[1])
    row = chosen.ravel()
    return _worthy(Pairs(rows[row], columns[column], points[:, row, column].T))


def _top(total: Numbers, ids: Numbers, most: int) -> Numbers:
    """For each row the places of its `most` highest, unordered; of equals the smaller id."""
    if most >= len(ids):
        return np.broadcast_to(np.arange(len(ids)), total.shape)
    by_age = np.argsort(np.argsort(ids))
    unique = by_age - total * (len(ids) + 1)
    return np.argpartition(unique, most - 1, axis=1)[:, :most]


def _worthy(pairs: Pairs) -> Pairs:
    kept = pairs.scores >= LEAST_POINTS
    return Pairs(pairs.rows[kept], pairs.columns[kept], pairs.points[kept])


def _merged(found: list[Pairs]) -> Pairs:
    """Each pair once, however many codes it shares."""
    if not found:
        nobody = np.zeros(0, dtype=np.int64)
        return Pairs(nobody, nobody, np.zeros((0, len(REASONS)), dtype=np.int16))
    rows, columns, points = (
        np.concatenate([getattr(one, name) for one in found]) for name in Pairs.__slots__
    )
    _, first = np.unique(np.stack([rows, columns]), axis=1, return_index=True)
    return Pairs(rows[first], columns[first], points[first])


def _first_of(pairs: Pairs, side: str, ids: Numbers, most: int | None) -> Pairs:
    """In the order of `side`, best first, at most so many of each; `ids` are those of the other side."""
    owner = getattr(pairs, side)
    other = pairs.columns if side == "rows" else pairs.rows
    order = np.lexsort((ids[other], -pairs.scores, owner))
    owner = owner[order]
    begins = np.searchsorted(owner, owner)
    if most is not None:
        order = order[np.arange(len(owner)) - begins < most]
    return Pairs(pairs.rows[order], pairs.columns[order], pairs.points[order])


def _as_suggested(ground: Ground, pairs: Pairs) -> list[Suggested]:
    sources, candidates = (
        ground.sources.ids[pairs.rows].tolist(),
        ground.candidates.ids[pairs.columns].tolist(),
    )
    return [
        Suggested(source, candidate, sum(points), _reasons(points))
        for source, candidate, points in zip(sources, candidates, pairs.points.tolist(), strict=True)
    ]


def _reasons(points: list[int]) -> tuple[tuple[str, int], ...]:
    given = [(name, number) for name, number in zip(REASONS, points, strict=True) if number > 0]
    return tuple(sorted(given, key=lambda one: (-one[1], one[0])))
