"""The three objectives over a part's columns, what vectors are worth by them, and what counting bounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .candidates import Bools, Floats, Ints
from .model import Model
from .types import Hold, Objective

#: Fixtures per request, best first, that the relaxation starts from. All others are priced in at need.
SHORTLIST = 12
#: One day of waiting in the number that counts all objectives at once: more than it can cost in quality.
DAY = 2_000


@dataclass(frozen=True, slots=True)
class PartPlan:
    """The best plan of a part known so far.

    Attributes
    ----------
    value : 0-1 over the model's columns
    objective : what it is worth; the part's requests served by fixed fixtures do not count here
    bound : as in `Plan`, of this part alone: each figure holds if all parts' figures before it are proven
    loose : holds whatever the figures before it
    holds : by stage, as far as the relaxation has come; in the scale of the objectives
    reach : float, shape (n,); no plan of the part with this fixture has a higher quality, if the figures
        before are as good as today's. None where no relaxation has told
    """

    value: Bools
    objective: Objective
    bound: Objective
    loose: Objective
    holds: tuple[Hold, ...] = ()
    reach: Floats | None = None


def first_plan(model: Model, chosen: Ints) -> PartPlan:
    """A plan of chosen fixtures (indices into the part), with the bounds that counting gives."""
    value, loose = model.vector(chosen), loose_bound(model)
    return PartPlan(value, objective_of(model, value), loose, loose)


def costs_of(model: Model) -> tuple[Ints, Ints, Ints]:
    """The three objectives over (x, u), all to be maximised."""
    no_fixture, nobody = np.zeros(model.fixtures, np.int64), np.zeros(len(model.waiting), np.int64)
    return (
        np.concatenate((no_fixture, nobody - 1)),
        np.concatenate((no_fixture, -model.waiting)),
        np.concatenate((model.quality, nobody)),
    )


def objective_of(model: Model, value: Bools) -> Objective:
    served = ~value[model.fixtures :]
    quality = int(model.quality @ value[: model.fixtures])
    return Objective(int(served.sum()), int(model.waiting[served].sum()), quality)


def loose_bound(model: Model) -> Objective:
    """Everybody served, and everybody's best fixtures at half their worth each, as two share it."""
    best = int(model.quality[model.best_of_each(model.wanted)].sum())
    return Objective(len(model.waiting), int(model.waiting.sum()), best // 2)


def shortlist(model: Model) -> Bools:
    """Each request's best fixtures, and every column that is none."""
    columns = np.zeros(model.columns, bool)
    columns[model.best_of_each(np.full(len(model.wanted), SHORTLIST))] = True
    columns[model.fixtures :] = True
    return columns


def all_in_one(costs: tuple[Ints, Ints, Ints], model: Model) -> Ints:
    """One number in place of three: a request counts more than all waiting, a day of it more than quality."""
    served, waiting, quality = costs
    return (served * int(1 + model.waiting.max(initial=0)) + waiting) * DAY + quality
