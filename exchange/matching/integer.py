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
    columns asked for is worth more than `bound`. `complete` unless the watch or a limit ended the search."""

    chosen: Ints | None
    bound: float
    complete: bool


def integer_optimum(
    model: Model,
    rows: csr_array,
    limits: Ints,
    cost: Ints,
    columns: Bools,
    watch: Watch,
    *,
    start: Bools | None = None,
    sure: Bools | None = None,
    nodes: int | None = None,
) -> Answer:
    """Maximises cost·v over 0-1 vectors that use only `columns`, and all of those that are `sure`.

    `start` is a vector to begin with, which must be among them; at most `nodes` of the search tree are seen.
    """
    kept = np.nonzero(columns)[0]
    meetings = csr_array(model.meetings[:, kept])
    several = np.asarray(meetings.sum(axis=1)).ravel() > 1
    matrix = csr_array(vstack((rows[:, kept], meetings[several])))
    program = linear(matrix, np.concatenate((limits, np.ones(int(several.sum()), np.int64))))
    program.col_cost_ = -cost[kept].astype(float)
    program.col_upper_ = np.ones(len(kept))
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(kept)
    if sure is not None:
        program.col_lower_ = sure[kept].astype(float)
    highs = _searched(program, None if start is None else start[kept], nodes, watch)
    if not _honest(highs):
        # HiGHS 1.16: where presolve makes the start optimal in the reduced program, the start itself comes
        # back with the better vector's value. Without a start it does not happen.
        highs = _searched(program, None, nodes, watch)
    status = highs.getModelStatus()
    complete = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
    if not complete and not watch.over and nodes is None:
        raise RuntimeError(f"integer program ended with {status}")
    if status == highspy.HighsModelStatus.kInfeasible:
        return Answer(None, -np.inf, complete)
    chosen = None
    if _found(highs):
        chosen = kept[np.asarray(highs.getSolution().col_value) > WHOLE]
        chosen = chosen[chosen < model.fixtures]
    return Answer(chosen, -highs.getInfo().mip_dual_bound, complete)


def _searched(
    program: highspy.HighsLp, start: Bools | None, nodes: int | None, watch: Watch
) -> highspy.Highs:
    highs = quiet_highs()
    watch.guard(highs)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", GAP)
    if nodes is not None:
        highs.setOptionValue("mip_max_nodes", nodes)
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
