"""What a calendar program answers, taken out of a mail. Anybody may have written it, to any end."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from email.message import Message

from icalendar import Calendar, Component
from icalendar.timezone import TZP, tzp

from portal.inbound.parsed import ParsedMail, printable

#: An answer of a calendar program has a few kB.
MOST_BYTES = 256 * 1024
CALENDARS = ("text/calendar", "application/ics")


class UnreadableCalendarError(Exception):
    """Its text says what is wrong, for whoever looks after the mail."""


@dataclass(frozen=True, slots=True)
class CalendarAnswer:
    method: str
    uid: str
    #: Of the event as the answering calendar knows it; 0 where it says nothing (RFC 5545, 3.8.7.4).
    sequence: int
    #: When it was given; None where it does not say so in UTC.
    stamp: datetime | None
    organizer: str
    #: Answers by address, both in small letters and capitals as the RFC writes them.
    partstats: dict[str, str]
    comment: str
    #: The date of a COUNTER; None where its zone is not known.
    start: datetime | None

    def partstat_of(self, addresses: set[str]) -> str:
        """Of the first of `addresses` that it names; empty if it answers for somebody else."""
        return next((self.partstats[one] for one in self.partstats if one in addresses), "")


def read_calendar(mail: ParsedMail) -> CalendarAnswer | None:
    """None for a mail without a calendar. Raises `UnreadableCalendarError`, and nothing else."""
    part = next(_calendars(mail.message), None)
    if part is None:
        return None
    try:
        with warnings.catch_warnings():
            # Of a path before a zone's name, as libical writes it: the guess is right.
            warnings.simplefilter("ignore")
            return _read(part)
    except UnreadableCalendarError:
        raise
    except Exception as fault:
        raise UnreadableCalendarError(f"{type(fault).__name__}: {fault}"[:300]) from fault
    finally:
        # It keeps the zones that a mail defines, under names that the next mail may mean otherwise.
        tzp.use_default()


def _calendars(message: Message) -> Iterator[Message]:
    for part in message.walk():
        name = str(part.get_filename() or "").lower()
        if part.get_content_type() in CALENDARS or name.endswith(".ics"):
            yield part


def _read(part: Message) -> CalendarAnswer:
    payload = part.get_payload(decode=True) or b""
    if len(payload) > MOST_BYTES:
        raise UnreadableCalendarError("the calendar is too large")
    calendar = Calendar.from_ical(payload.decode("utf-8-sig", "replace"))
    events = calendar.events
    if len(events) != 1:
        raise UnreadableCalendarError(f"{len(events)} events in one answer")
    event = events[0]
    return CalendarAnswer(
        method=str(calendar.get("METHOD") or part.get_param("method") or "").upper(),
        uid=str(event.get("UID", "")).strip().lower(),
        sequence=int(event.get("SEQUENCE", 0)),
        stamp=_in_utc(event),
        organizer=_address(_first(event, "ORGANIZER")),
        partstats={
            _address(one): str(one.params.get("PARTSTAT", "")).upper() for one in _all(event, "ATTENDEE")
        },
        comment=printable(" ".join(str(one) for one in _all(event, "COMMENT"))).strip(),
        start=_start(event),
    )


def _all(event: Component, name: str) -> list:
    found = event.get(name, [])
    return found if isinstance(found, list) else [found]


def _first(event: Component, name: str) -> object:
    return next(iter(_all(event, name)), "")


def _address(value: object) -> str:
    return str(value).strip().lower().removeprefix("mailto:").strip()


def _in_utc(event: Component) -> datetime | None:
    stamp = event.get("DTSTAMP")
    is_utc = isinstance(getattr(stamp, "dt", None), datetime) and stamp.to_ical().endswith(b"Z")
    return stamp.dt.replace(tzinfo=UTC) if is_utc else None


def _start(event: Component) -> datetime | None:
    """By the zones that everybody knows: a definition in the mail may be made to keep its reader busy."""
    start = event.get("DTSTART")
    if not isinstance(getattr(start, "dt", None), datetime):
        return None
    tzid = start.params.get("TZID")
    zone = _zone(str(tzid)) if tzid else UTC if start.to_ical().endswith(b"Z") else None
    return start.dt.replace(tzinfo=zone) if zone else None


def _zone(tzid: str) -> tzinfo | None:
    """Exchange writes Windows' names, libical a path before the usual ones."""
    return TZP().timezone(tzid)
