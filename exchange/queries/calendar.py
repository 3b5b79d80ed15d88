"""Days of a season laid out as months of weeks, for the grid on which a request names its days."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import get_format

Week = tuple[date | None, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """`weeks` hold seven places each; None where the week reaches into a neighbouring month."""

    first: date
    weeks: tuple[Week, ...]


def first_weekday() -> int:
    """On which day weeks begin for the reader, Monday being 0 (Django's formats count from Sunday)."""
    return (get_format("FIRST_DAY_OF_WEEK") - 1) % 7


def months(starts: date, ends: date) -> list[Month]:
    """Every month with a day between `starts` and `ends`."""
    sheets, found, first = Calendar(first_weekday()), [], starts.replace(day=1)
    while first <= ends:
        weeks = sheets.monthdatescalendar(first.year, first.month)
        found.append(Month(first, tuple(_within(first, week) for week in weeks)))
        first = (first + timedelta(days=31)).replace(day=1)
    return found


def _within(first: date, week: list[date]) -> Week:
    return tuple(day if day.month == first.month else None for day in week)


def weekdays() -> list[date]:
    """Seven days whose names head the columns, in order; only their weekday means anything."""
    monday = date(2024, 1, 1)
    return [monday + timedelta(days=n) for n in Calendar(first_weekday()).iterweekdays()]
