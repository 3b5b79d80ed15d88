"""Dates as people write them into one cell: ISO dates and ranges, parted by spaces, commas or semicolons."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
#: Days in one cell, told once or more: more is a slip of the hand.
MOST = 1000


def read_dates(cell: str) -> tuple[set[date], list[str]]:
    """The days of a cell, and a sentence for each entry that is none."""
    entries = re.sub(r"\s*\.\.\s*", "..", cell).replace(",", " ").replace(";", " ").split()
    told: list[date] = []
    faults = []
    for entry in entries:
        try:
            told += _days(entry)
        except ValueError as fault:
            faults.append(str(fault))
        if len(told) + len(faults) > MOST:
            return set(), [_("more than %s dates") % MOST]
    return set(told), faults


def _days(entry: str) -> list[date]:
    first, dots, last = entry.partition("..")
    if not dots:
        return [_date(entry)]
    starts, ends = _date(first), _date(last)
    if not 0 <= (ends - starts).days < MOST:
        raise ValueError(_("%s is not a range from one day to a later one") % entry[:40])
    return [starts + timedelta(days=n) for n in range((ends - starts).days + 1)]


def _date(entry: str) -> date:
    try:
        if DATE.fullmatch(entry):
            return date.fromisoformat(entry)
    except ValueError:
        pass  # the 30th of February
    raise ValueError(_("%s is not a date") % (entry[:40] or _("nothing")))
