"""The way of a rating as a line; templates/exchange/parts/rating_plot.html draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exchange.models import RatingChange

#: Units of the drawing, which stretches over the page; words stand beside it, so that they do not stretch.
WIDTH, HEIGHT = 100.0, 30.0
#: Points between the lowest and the highest at least: a quiet team's line should look quiet.
LEAST_SPAN = 100.0


@dataclass(frozen=True, slots=True)
class RatingLine:
    #: For `points` of a polyline; SVG knows decimal points only.
    points: str
    lowest: float
    highest: float


def rating_line(changes: Sequence[RatingChange]) -> RatingLine | None:
    """One step a result, from what the first of `changes` found; None without any."""
    if not changes:
        return None
    values = [changes[0].before, *(change.after for change in changes)]
    middle = (min(values) + max(values)) / 2
    span = max(max(values) - min(values), LEAST_SPAN)
    step = WIDTH / (len(values) - 1)
    points = " ".join(
        f"{step * n:.2f},{HEIGHT * (0.5 - (value - middle) / span):.2f}" for n, value in enumerate(values)
    )
    return RatingLine(points, min(values), max(values))
