"""The 0-1 optimum of a part over some of its columns, by HiGHS' branch and cut."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_array, vstack

from .candidates import Bools, Ints
from .model import Model
from .relax import linear, quiet_highs
from .watch import Watch

#: Objectives are whole, so a gap below one is none. HiGHS' own default calls 10⁻⁴ of the value optimal.
GAP = 0.999
WHOLE = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """`chosen` are the fixtures of the best vector found, None where there is none; no vector over the
    columns asked for is worth more than `bound`. `complete` unless the watch ended the search."""

    chosen: Ints | None
    bound: float
    complete: bool


def integer_optimum(
    model: Model, rows: csr_array, limits: Ints, cost: Ints, columns: Bools, start: Bools, watch: Watch
) -> Answer:
    """Maximises cost·v over 0-1 vectors of `columns`, beginning with `start`, one of them."""
    kept = np.nonzero(columns)[0]
    meetings = csr_array(model.meetings[:, kept])
    several = np.asarray(meetings.sum(axis=1)).ravel() > 1
    matrix = csr_array(vstack((rows[:, kept], meetings[several])))
    program = linear(matrix, np.concatenate((limits, np.ones(int(several.sum()), np.int64))))
    program.col_cost_ = -cost[kept].astype(float)
    program.col_upper_ = np.ones(len(kept))
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(kept)
    highs = _searched(program, start[kept], watch)
    if not _honest(highs):
        # HiGHS 1.16: where presolve makes the start optimal in the reduced program, the start itself comes
        # back with the better vector's value. Without a start it does not happen.
        highs = _searched(program, None, watch)
    status = highs.getModelStatus()
    complete = status == highspy.HighsModelStatus.kOptimal
    if not complete and not watch.over:
        raise RuntimeError(f"integer program ended with {status}")
    chosen = None
    if _found(highs):
        chosen = kept[np.asarray(highs.getSolution().col_value) > WHOLE]
        chosen = chosen[chosen < model.fixtures]
    return Answer(chosen, -highs.getInfo().mip_dual_bound, complete)


def _searched(program: highspy.HighsLp, start: Bools | None, watch: Watch) -> highspy.Highs:
    highs = quiet_highs()
    watch.guard(highs)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", GAP)
    highs.passModel(program)
    if start is not None:
        highs.setSolution(len(start), np.arange(len(start), dtype=np.int32), start.astype(float))
    highs.run()
    return highs


def _found(highs: highspy.Highs) -> bool:
    told = highs.getInfo().primal_solution_status
    return bool(told == highspy.SolutionStatus.kSolutionStatusFeasible)


def _honest(highs: highspy.Highs) -> bool:
    """Whether the vector told is worth what is told."""
    if not _found(highs):
        return True
    worth = np.asarray(highs.getLp().col_cost_) @ np.asarray(highs.getSolution().col_value)
    return bool(abs(worth - highs.getInfo().objective_function_value) < WHOLE)
