"""Milestones as bars on a line of time; templates/research/space/timeline.html draws them.

Places across are percentages, so that the drawing fits every page and its words keep their size; down they
are pixels. A list beside it says the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from research.models import Milestone

#: Pixels: the line of months, then for each milestone its words and below them its bar.
AXIS, ROW = 26, 40
WORDS_DOWN, BAR_DOWN, BAR_HEIGHT = 14, 20, 10
#: Months between two marks; the first that needs no more marks than a phone has room for.
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600)
MOST_MARKS = 5
#: Percent; behind it the words of a mark would stand outside.
LAST_MARK = 84.0


@dataclass(frozen=True, slots=True)
class Bar:
    """From `x` on, `width` long; a point in time has no width."""

    milestone: Milestone
    x: str
    width: str
    top: int

    @property
    def words_y(self) -> int:
        return self.top + WORDS_DOWN

    @property
    def bar_y(self) -> int:
        return self.top + BAR_DOWN

    @property
    def middle(self) -> int:
        return self.top + BAR_DOWN + BAR_HEIGHT // 2


@dataclass(frozen=True, slots=True)
class Mark:
    x: str
    day: date


@dataclass(frozen=True, slots=True)
class Timeline:
    bars: list[Bar]
    marks: list[Mark]
    first: date
    last: date
    #: None outside of the drawing.
    today: str | None
    height: int
    bar_height: int = BAR_HEIGHT


def timeline_of(
    milestones: Sequence[Milestone], *, starts_on: date | None, ends_on: date | None, today: date
) -> Timeline | None:
    """Whole months, from the first to the last that something happens in; None without milestones."""
    if not milestones:
        return None
    days = [day for one in milestones for day in (one.starts_on, one.due_on) if day]
    days += [day for day in (starts_on, ends_on) if day]
    first, last = min(days).replace(day=1), _month_after(max(days).replace(day=1), 1)
    whole = (last - first).days

    def place(day: date) -> float:
        return 100 * (day - first).days / whole

    bars = [
        Bar(one, _percent(place(one.starts_on or one.due_on)), _width(one, whole), AXIS + ROW * number)
        for number, one in enumerate(milestones)
    ]
    marks = [Mark(_percent(place(day)), day) for day in _months(first, last) if place(day) <= LAST_MARK]
    now = _percent(place(today)) if first <= today < last else None
    return Timeline(bars, marks, first, last - timedelta(days=1), now, AXIS + ROW * len(bars))


def _width(milestone: Milestone, whole: int) -> str:
    """Both days count."""
    if milestone.starts_on is None:
        return ""
    return _percent(100 * ((milestone.due_on - milestone.starts_on).days + 1) / whole)


def _months(first: date, last: date) -> Iterator[date]:
    count = (last.year - first.year) * 12 + last.month - first.month
    step = next((step for step in STEPS if count <= step * MOST_MARKS), STEPS[-1])
    day = first
    while day < last:
        yield day
        day = _month_after(day, step)


def _month_after(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _percent(share: float) -> str:
    """For SVG, which knows decimal points only."""
    return f"{share:.2f}%"
