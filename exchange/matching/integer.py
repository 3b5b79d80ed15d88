"""The 0-1 optimum of a part over some of its columns, by HiGHS' branch and cut."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csc_array

from .candidates import Bools, Ints
from .relax import Relaxation, linear, quiet_highs
from .watch import Meter

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
    relaxation: Relaxation,
    cost: Ints,
    columns: Bools,
    *,
    start: Bools | None = None,
    sure: Bools | None = None,
    nodes: int | None = None,
    held: bool = True,
) -> Answer:
    """Maximises cost·v over 0-1 vectors that use only `columns`, and all of those that are `sure`.

    `start` is a vector to begin with, which must be among them; at most `nodes` of the search tree are seen.
    Earlier objectives count only where they are `held`.
    """
    model, kept = relaxation.model, np.nonzero(columns)[0]
    matrix, limits = relaxation.rules(kept, held=held)
    program = whole_program(matrix, limits, cost[kept])
    if sure is not None:
        program.col_lower_ = sure[kept].astype(float)
    answer = searched(program, None if start is None else start[kept], nodes, relaxation.meter)
    if answer.value is None:
        return Answer(None, answer.bound, answer.complete)
    chosen = kept[answer.value]
    return Answer(chosen[chosen < model.fixtures], answer.bound, answer.complete)


@dataclass(frozen=True, slots=True)
class Searched:
    """`value` is the best vector found, as booleans; the others as in `Answer`."""

    value: Bools | None
    bound: float
    complete: bool


def whole_program(matrix: csc_array, limits: Ints, cost: Ints) -> highspy.HighsLp:
    """Maximise cost·v over matrix·v ≤ limits, v 0-1."""
    program = linear(matrix, limits)
    program.col_cost_ = -cost.astype(float)
    program.col_upper_ = np.ones(len(cost))
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(cost)
    return program


def searched(program: highspy.HighsLp, start: Bools | None, nodes: int | None, meter: Meter) -> Searched:
    """HiGHS' branch and cut. What the meter ends comes back incomplete, with the best so far."""
    highs = _run(program, start, nodes, meter)
    if not _honest(highs):
        # HiGHS 1.16: where presolve makes the start optimal in the reduced program, the start itself comes
        # back with the better vector's value. Without a start it does not happen.
        highs = _run(program, None, nodes, meter)
    status = highs.getModelStatus()
    complete = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
    if not complete and not meter.over and nodes is None and meter.limit is None:
        raise RuntimeError(f"integer program ended with {status}")
    if status == highspy.HighsModelStatus.kInfeasible:
        return Searched(None, -np.inf, complete)
    value = np.asarray(highs.getSolution().col_value) > WHOLE if _found(highs) else None
    return Searched(value, -highs.getInfo().mip_dual_bound, complete)


def _run(program: highspy.HighsLp, start: Bools | None, nodes: int | None, meter: Meter) -> highspy.Highs:
    highs = quiet_highs()
    meter.watch.guard(highs)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", GAP)
    highs.passModel(program)
    if start is not None:
        highs.setSolution(len(start), np.arange(len(start), dtype=np.int32), start.astype(float))
    meter.search(highs, nodes)
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
