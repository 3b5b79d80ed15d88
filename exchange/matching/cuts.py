"""Chvátal-Gomory cuts from the simplex tableau, in whole numbers.

Rows R·v ≤ g with whole R, g and v ≥ 0 give ⌊pR/k⌋·v ≤ ⌊pg/k⌋ for any multipliers p ≥ 0 and k ≥ 1. That holds
for every whole v, hence for every plan, whatever p is. The multipliers worth trying are the fractional parts
of the tableau row of a fractional basic column (Gomory, "Outline of an algorithm for integer solutions to
linear programs", 1958). Here nearly all are multiples of ½, and the cuts are the odd sets of Edmonds. They
are taken only where they are multiples of some 1/k, so that nothing is left to rounding.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from .candidates import Floats, Ints

if TYPE_CHECKING:
    from .relax import Relaxation

#: Values this close to a whole number are whole.
WHOLE = 1e-5
#: Multipliers must be this close to a multiple of 1/k.
EXACT = 1e-6
DENOMINATORS = range(2, 13)
#: Cuts violated by less are not worth a row.
LEAST_VIOLATION = 0.02
#: Cuts of one round share at most this much of the fixtures they are about.
OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Cut:
    """⌊weights/k · rows⌋·v ≤ limit; `about` are the columns in it that the solution uses."""

    k: int
    rows: Ints
    weights: Ints
    limit: int
    depth: float
    about: frozenset[int]


#: Tableau rows looked at in one round, and what their number times that of all rows may come to: in large
#: programs each costs tens of milliseconds.
MOST_ROWS, MOST_LINES = 600, 20_000_000


def tableau_cuts(relaxation: Relaxation, value: Floats, *, held: bool) -> tuple[csr_array, Ints]:
    """Deep cuts that hardly overlap, as (rows, limits) over all columns, from the optimum `value`.

    Rows that hold earlier objectives take part only where `held`.
    """
    highs, active = relaxation.highs, relaxation.active
    basic = np.asarray(highs.getBasicVariables()[1])  # type: ignore[attr-defined]
    at = np.where(basic >= 0, value[active][np.maximum(basic, 0)], 0.0)
    # What a cut takes away shows in the columns that the solution uses.
    used = np.nonzero(value > WHOLE)[0]
    rows = csr_array(relaxation.of_columns(used))
    cuts: dict[tuple[int, bytes, bytes], Cut] = {}
    barred = np.zeros(len(relaxation.limits), bool)
    barred[relaxation.held] = not held
    number, settled = np.searchsorted(used, active[np.maximum(basic, 0)]), np.zeros(len(used), bool)
    looked_at, most = 0, min(MOST_ROWS, MOST_LINES // len(relaxation.limits))
    for place in np.argsort(-np.abs(at - np.rint(at)), kind="stable").tolist():
        if looked_at == most or abs(at[place] - round(at[place])) <= WHOLE:
            break
        # Columns of one odd set mostly give the same cut: a tableau row costs more than all that follows.
        if settled[number[place]]:
            continue
        looked_at += 1
        _, dense, count, places = highs.getBasisInverseRowSparse(place)  # type: ignore[attr-defined]
        touched = np.sort(places[:count])
        for weights in (dense[touched], -dense[touched]):
            if (whole := _as_fractions(weights % 1.0)) is None:
                continue
            k, parts = whole
            lines, parts = touched[parts > 0], parts[parts > 0]
            if (
                len(lines)
                and not barred[lines].any()
                and (key := (k, lines.tobytes(), parts.tobytes())) not in cuts
            ):
                cuts[key] = cut = _cut(rows, relaxation.limits, k, lines, parts, value[used])
                settled[list(cut.about)] = True
    chosen = _apart([cut for cut in cuts.values() if cut.depth > 0])
    if not chosen:
        return csr_array((0, relaxation.model.columns)), np.empty(0, np.int64)
    return _factors(relaxation, chosen), np.array([cut.limit for cut in chosen], np.int64)


def _as_fractions(weights: Floats) -> tuple[int, Ints] | None:
    """(k, p) with weights = p/k modulo 1 and the smallest k there is, or None."""
    for k in DENOMINATORS:
        scaled = weights * k
        if np.abs(scaled - np.rint(scaled)).max(initial=0.0) < EXACT:
            return k, np.rint(scaled).astype(np.int64) % k
    return None


def _cut(rows: csr_array, limits: Ints, k: int, lines: Ints, weights: Ints, value: Floats) -> Cut:
    """The cut as far as the columns go that the solution uses; `rows` and `value` are of these alone."""
    starts, sizes = rows.indptr[lines], np.diff(rows.indptr)[lines]
    ends = np.cumsum(sizes)
    at = np.arange(ends[-1]) + np.repeat(starts - ends + sizes, sizes)
    summed = np.bincount(rows.indices[at], np.repeat(weights, sizes) * rows.data[at], minlength=len(value))
    factors = np.floor_divide(np.rint(summed).astype(np.int64), k)
    limit = int(weights @ limits[lines]) // k
    violation = float(factors @ value) - limit
    if violation <= LEAST_VIOLATION:
        return Cut(k, lines, weights, limit, 0.0, frozenset())
    about = np.nonzero(factors)[0]
    depth = violation / float(np.linalg.norm(factors[about]))
    return Cut(k, lines, weights, limit, depth, frozenset(about.tolist()))


def _factors(relaxation: Relaxation, cuts: list[Cut]) -> csr_array:
    """The cuts over all columns, shape (cuts, columns)."""
    lines = np.concatenate([cut.rows for cut in cuts])
    weights = np.concatenate([cut.weights for cut in cuts]).astype(float)
    ends = np.cumsum([0, *(len(cut.rows) for cut in cuts)])
    mixed = csr_array((weights, lines, ends), shape=(len(cuts), len(relaxation.limits)))
    own = relaxation.base.shape[0]
    summed = csr_array(mixed[:, :own] @ relaxation.model.rows + mixed[:, own:] @ relaxation.added)
    k = np.repeat([cut.k for cut in cuts], np.diff(summed.indptr))
    summed.data = np.floor_divide(np.rint(summed.data), k)
    summed.eliminate_zeros()
    return summed


def _apart(cuts: list[Cut]) -> list[Cut]:
    """The deepest cuts, without those that are about the same fixtures as a deeper one."""
    chosen: list[Cut] = []
    about: defaultdict[int, list[int]] = defaultdict(list)
    for cut in sorted(cuts, key=lambda cut: -cut.depth):
        shared = Counter(other for column in cut.about for other in about.get(column, ()))
        if all(
            count <= OVERLAP * min(len(cut.about), len(chosen[other].about))
            for other, count in shared.items()
        ):
            for column in cut.about:
                about[column].append(len(chosen))
            chosen.append(cut)
    return chosen
