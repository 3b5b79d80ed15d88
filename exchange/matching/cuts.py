"""Chvátal-Gomory cuts from the simplex tableau, in whole numbers.

Rows R·v ≤ g with whole R, g and v ≥ 0 give ⌊pR/k⌋·v ≤ ⌊pg/k⌋ for any multipliers p ≥ 0 and k ≥ 1. That holds
for every whole v, hence for every plan, whatever p is. The multipliers worth trying are the fractional parts
of the tableau row of a fractional basic column (Gomory, "Outline of an algorithm for integer solutions to
linear programs", 1958). Here nearly all are multiples of ½, and the cuts are the odd sets of Edmonds. They
are taken only where they are multiples of some 1/k, so that nothing is left to rounding.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_array, vstack

from .candidates import Floats, Ints

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
    """factors·v ≤ limit over all columns; `about` are the columns in it that the solution uses."""

    factors: csr_array
    limit: int
    depth: float
    about: frozenset[int]


def tableau_cuts(
    highs: highspy.Highs, rows: csr_array, limits: Ints, active: Ints, value: Floats
) -> tuple[csr_array, Ints]:
    """Deep cuts that hardly overlap, as (rows, limits) over all columns.

    `highs` holds the optimal basis over `rows` and the `active` columns; `value` are all columns' values.
    """
    basic = np.asarray(highs.getBasicVariables()[1])  # type: ignore[attr-defined]
    at = np.where(basic >= 0, value[active][np.maximum(basic, 0)], 0.0)
    cuts: dict[tuple[int, bytes], Cut] = {}
    for place in np.nonzero(np.abs(at - np.rint(at)) > WHOLE)[0]:
        weights = np.asarray(highs.getBasisInverseRow(int(place))[1])  # type: ignore[attr-defined]
        for signed in (weights, -weights):
            whole = _as_fractions(signed % 1.0)
            if whole is not None and (whole[0], whole[1].tobytes()) not in cuts:
                cuts[whole[0], whole[1].tobytes()] = _cut(rows, limits, *whole, value)
    chosen = _apart([cut for cut in cuts.values() if cut.depth > 0])
    if not chosen:
        return csr_array((0, rows.shape[1])), np.empty(0, np.int64)
    return csr_array(vstack([cut.factors for cut in chosen])), np.array(
        [cut.limit for cut in chosen], np.int64
    )


def _as_fractions(weights: Floats) -> tuple[int, Ints] | None:
    """(k, p) with weights = p/k modulo 1 and the smallest k there is, or None."""
    for k in DENOMINATORS:
        scaled = weights * k
        if np.abs(scaled - np.rint(scaled)).max(initial=0.0) < EXACT:
            return k, np.rint(scaled).astype(np.int64) % k
    return None


def _cut(rows: csr_array, limits: Ints, k: int, weights: Ints, value: Floats) -> Cut:
    used = np.nonzero(weights)[0]
    summed = csr_array(csr_array(weights[used][None, :].astype(float)) @ rows[used])
    factors = np.floor_divide(np.rint(summed.data), k)
    kept = factors != 0
    columns, factors = summed.indices[kept], factors[kept]
    limit = int(weights[used] @ limits[used]) // k
    violation = float(factors @ value[columns]) - limit
    depth = violation / float(np.linalg.norm(factors)) if violation > LEAST_VIOLATION else 0.0
    row = csr_array((factors, columns, [0, len(columns)]), shape=(1, rows.shape[1]))
    return Cut(row, limit, depth, frozenset(columns[value[columns] > WHOLE].tolist()))


def _apart(cuts: list[Cut]) -> list[Cut]:
    """The deepest cuts, without those that are about the same fixtures as a deeper one."""
    chosen: list[Cut] = []
    for cut in sorted(cuts, key=lambda cut: -cut.depth):
        if all(
            len(cut.about & other.about) <= OVERLAP * min(len(cut.about), len(other.about))
            for other in chosen
        ):
            chosen.append(cut)
    return chosen
