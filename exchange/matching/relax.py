"""The linear relaxation of a part: fixtures are priced in as they can help, its bound holds for all."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array, vstack

from .candidates import Bools, Floats, Ints
from .cuts import tableau_cuts
from .model import Model
from .watch import Meter

#: A reduced cost or violation below this is noise of the simplex method.
NOISE = 1e-6
#: At most so many fixtures per column already there are priced in at once.
GROWTH = 0.5
DUAL, PRIMAL = 1, 4


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A solved relaxation.

    Attributes
    ----------
    value : the columns' values, shape (n + k,), in [0, 1]
    worth : reduced costs c - λG of all columns, shape (n + k,); forcing v_j = 1 against a negative worth
        lowers the bound by that much
    bound : λg + Σ max(0, worth): no 0-1 vector of the part does better, whichever λ ≥ 0 came out
        (weak duality, so tolerances of the solver cannot make it wrong)
    price : λ, shape (rows,): by how much the bound rises at most for each unit that a row's limit rises
    """

    value: Floats
    worth: Floats
    bound: float
    price: Floats


class Relaxation:
    """A linear program that grows: columns by pricing, rows as meetings and cuts are violated.

    Its rows are those of the model, then the ones added, in `added`.
    """

    def __init__(self, model: Model, columns: Bools, meter: Meter) -> None:
        self.model, self.meter = model, meter
        self.base, self.added = csc_array(model.rows), csr_array((0, model.columns))
        self.limits: Ints = model.limits
        self.met = np.zeros(model.meetings.shape[0], bool)
        self.active = np.nonzero(columns)[0]
        #: Rows that hold objectives, in the order of the objectives.
        self.held: list[int] = []
        self.conditional = False
        self.highs = quiet_highs()
        meter.watch.guard(self.highs)
        self.highs.passModel(linear(self.base[:, self.active], self.limits))

    def of_columns(self, columns: Ints) -> csc_array:
        """All rows, of these columns."""
        return csc_array(vstack((self.base[:, columns], self.added[:, columns])))

    def rules(self, columns: Ints, *, held: bool) -> tuple[csc_array, Ints]:
        """All rows and limits that bind these columns, meetings too; those that hold objectives if `held`."""
        meetings = csr_array(self.model.meetings[:, columns])
        several = meetings[np.asarray(meetings.sum(axis=1)).ravel() > 1]
        ones = np.ones(several.shape[0], np.int64)
        limits = self.limits.copy()
        if not held:
            # More than any objective comes to.
            limits[self.held] = 10**9
        return csc_array(vstack((self.of_columns(columns), several))), np.concatenate((limits, ones))

    def maximise(self, cost: Ints) -> Relaxed:
        """Optimum over all columns of the part and all its meetings, under the rows added so far."""
        active = len(self.active)
        self.highs.changeColsCost(active, np.arange(active, dtype=np.int32), -cost[self.active].astype(float))
        strategy = DUAL
        while True:
            solved = self._run(cost, strategy)
            if self._add_meetings(solved.value):
                strategy = DUAL
            elif self._price(cost, solved.worth):
                strategy = PRIMAL
            else:
                return solved

    def forget(self) -> None:
        """Begins the next optimum from nothing: for another objective that is faster, thanks to presolve."""
        self.highs.clearSolver()

    def cut(self, cost: Ints, solved: Relaxed, *, held: bool) -> Relaxed:
        """The optimum after one more round of cuts.

        Cuts from rows that hold earlier objectives are sharper, but no rules of the pool: they hold only as
        long as those objectives do, and make no part of a `Hold`. `conditional` says whether there are any.
        """
        # Only rows of the program take part in cuts, so those that are just met must be there.
        if self._add_meetings(solved.value, at=1 - NOISE):
            solved = self._run(cost, DUAL)
        rows, limits = tableau_cuts(self, solved.value, held=held)
        if not len(limits):
            return solved
        self.add_rows(rows, limits)
        self.conditional |= held and bool(self.held)
        return self.maximise(cost)

    def hold(self, cost: Ints, least: int) -> None:
        """From now on cost·v ≥ least."""
        self.held.append(len(self.limits))
        self.add_rows(csr_array(-cost[None, :].astype(float)), np.array([-least]))

    def add_rows(self, rows: csr_array, limits: Ints) -> None:
        self.added = csr_array(vstack((self.added, rows)))
        self.limits = np.concatenate((self.limits, limits))
        local = csr_array(rows[:, self.active])
        low = np.full(len(limits), -highspy.kHighsInf)
        self.highs.addRows(
            len(limits), low, limits.astype(float), local.nnz, local.indptr[:-1], local.indices, local.data
        )

    def _run(self, cost: Ints, strategy: int) -> Relaxed:
        self.highs.setOptionValue("simplex_strategy", strategy)
        self.meter.run(self.highs)
        status = self.highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"linear relaxation ended with {status}")
        solution = self.highs.getSolution()
        value = np.zeros(self.model.columns)
        value[self.active] = np.asarray(solution.col_value)
        price = np.maximum(0.0, -np.asarray(solution.row_dual))
        rows = self.base.shape[0]
        worth = cost - self.base.T @ price[:rows] - self.added.T @ price[rows:]
        return Relaxed(value, worth, float(price @ self.limits + np.maximum(0.0, worth).sum()), price)

    def _add_meetings(self, value: Floats, at: float = 1 + NOISE) -> bool:
        violated = (self.model.meetings @ value > at) & ~self.met
        self.met |= violated
        if violated.any():
            self.add_rows(self.model.meetings[violated], np.ones(int(violated.sum()), np.int64))
        return bool(violated.any())

    def _price(self, cost: Ints, worth: Floats) -> bool:
        """Adds the most promising columns that are missing; False when none could help."""
        missing = np.ones(len(worth), bool)
        missing[self.active] = False
        helpful = np.nonzero(missing & (worth > NOISE))[0]
        most = max(500, int(GROWTH * len(self.active)))
        new = helpful[np.argsort(-worth[helpful], kind="stable")[:most]]
        if not len(new):
            return False
        added = self.of_columns(new)
        zeros = np.zeros(len(new))
        upper = np.full(len(new), highspy.kHighsInf)
        self.highs.addCols(
            len(new),
            -cost[new].astype(float),
            zeros,
            upper,
            added.nnz,
            added.indptr[:-1],
            added.indices,
            added.data,
        )
        self.active = np.concatenate((self.active, new))
        return True


def quiet_highs() -> highspy.Highs:
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    # One thread each: parts run side by side, and the same work gives the same plan.
    highs.setOptionValue("threads", 1)
    return highs


def linear(rows: csc_array, limits: Ints) -> highspy.HighsLp:
    """The program `min 0` over rows·v ≤ limits, v ≥ 0: the rows themselves keep fixtures at most 1."""
    matrix = rows
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.col_cost_ = np.zeros(matrix.shape[1])
    program.col_lower_ = np.zeros(matrix.shape[1])
    program.col_upper_ = np.full(matrix.shape[1], highspy.kHighsInf)
    program.row_lower_ = np.full(matrix.shape[0], -highspy.kHighsInf)
    program.row_upper_ = limits.astype(float)
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = matrix.indptr
    program.a_matrix_.index_ = matrix.indices
    program.a_matrix_.value_ = matrix.data
    return program
