"""Datestamps: UTC, to the second, or whole days where a harvester asks by days."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from .faults import Code, OaiFault

GRANULARITY = "YYYY-MM-DDThh:mm:ssZ"
SECOND, DAY = "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"
FORMS = {
    re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"): (SECOND, timedelta(seconds=1)),
    re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"): (DAY, timedelta(days=1)),
}


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(SECOND)


def read_span(since: str | None, until: str | None) -> tuple[datetime | None, datetime | None]:
    """(first moment, first moment after): both ends are meant inclusively, to the second or the day."""
    if since and until and len(since) != len(until):
        raise OaiFault(Code.BAD_ARGUMENT, "from and until must have the same granularity.")
    first = _read("from", since)[0] if since else None
    last, length = _read("until", until) if until else (None, timedelta())
    if first and last and first > last:
        raise OaiFault(Code.BAD_ARGUMENT, "from must not be later than until.")
    return first, last and last + length


def _read(name: str, text: str) -> tuple[datetime, timedelta]:
    for form, (pattern, length) in FORMS.items():
        if form.fullmatch(text):
            try:
                moment = datetime.strptime(text, pattern).replace(tzinfo=UTC)
                return moment, min(length, datetime.max.replace(tzinfo=UTC) - moment)
            except ValueError:
                break
    raise OaiFault(Code.BAD_ARGUMENT, f"{name} is not a date such as 2027-03-06 or 2027-03-06T12:00:00Z.")
