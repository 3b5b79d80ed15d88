"""Until when calls can be answered. Their days are those of the lead university's calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from portal.models import University
from research.models import Call

#: A call cannot be open for longer than this from today.
LONGEST = timedelta(days=365)
#: One click gives a call so many days more.
EXTENSION = timedelta(days=30)
#: So long before its last day the lead is told that a call ends.
NOTICE = timedelta(days=7)
#: On the easternmost clocks a day begins so much earlier than in UTC.
EARLIEST_ZONE = timedelta(hours=14)


def today_at(university: University, now: datetime) -> date:
    return now.astimezone(university.time_zone).date()


def is_over(call: Call, now: datetime) -> bool:
    return today_at(call.project.lead, now) > call.until


def fault_of_day(until: date, today: date) -> str | None:
    """Why a call cannot be open until then."""
    if until < today:
        return _("This day is over. Choose a later one.")
    if until > today + LONGEST:
        return _("A call is open for a year at most. Choose an earlier day; you can extend it later.")
    return None


def extended(until: date, today: date) -> date:
    return min(max(until, today) + EXTENSION, today + LONGEST)


def needs_no_notice(until: date, today: date) -> bool:
    """Who has just chosen a day so near knows it."""
    return until <= today + NOTICE
