"""Answers as calendar programs send them, by their known shapes."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from exchange.models import Fixture, Invitation
from portal.inbound.addresses import CALENDAR, tagged
from portal.models import User


@dataclass(frozen=True)
class Said:
    """What an answer says; each shape writes it in its own way."""

    sender: str
    organizer: str
    attendee: str
    uid: str
    partstat: str = "ACCEPTED"
    sequence: int = 0
    stamp: datetime = datetime(2027, 2, 11, 9, tzinfo=UTC)
    method: str = "REPLY"
    comment: str = ""
    #: Lines of DTSTART and DTEND.
    times: tuple[str, ...] = ("DTSTART:20270306T120000Z", "DTEND:20270306T150000Z")
    headers: tuple[str, ...] = ()

    def but(self, **facts: object) -> Said:
        return replace(self, **facts)


def said(invitation: Invitation, person: User, **facts: object) -> Said:
    fixture: Fixture = invitation.fixture
    return Said(
        sender=person.email,
        organizer=tagged(CALENDAR, invitation.pk, person.pk),
        attendee=person.email,
        uid=str(fixture.uid),
        sequence=fixture.sequence,
        **facts,
    )


def _calendar(one: Said, prodid: str, attendee: str, organizer: str, *before: str) -> str:
    comment = (f"COMMENT:{one.comment}",) if one.comment else ()
    lines = [
        "BEGIN:VCALENDAR",
        f"PRODID:{prodid}",
        "VERSION:2.0",
        f"METHOD:{one.method}",
        *before,
        "BEGIN:VEVENT",
        *one.times,
        f"DTSTAMP:{one.stamp:%Y%m%dT%H%M%SZ}",
        organizer,
        f"UID:{one.uid}",
        attendee,
        f"SEQUENCE:{one.sequence}",
        "STATUS:CONFIRMED",
        "SUMMARY:Not confirmed: BSU Bears – Wilno Wolves",
        *comment,
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(lines)


def _mail(one: Said, content_type: str, body: str) -> bytes:
    head = [
        f"From: Ann Smith <{one.sender}>",
        f"To: {one.organizer}",
        f"Subject: {one.partstat.title()}: BSU Bears",
        "Message-ID: <4711@mail.example.org>",
        "MIME-Version: 1.0",
        *one.headers,
        f"Content-Type: {content_type}",
    ]
    return ("\r\n".join(head) + "\r\n" + body).encode()


def _parts(boundary: str, *parts: str) -> str:
    return "\r\n" + "".join(f"--{boundary}\r\n{part}\r\n" for part in parts) + f"--{boundary}--\r\n"


def _encoded(text: str) -> str:
    return base64.encodebytes(text.encode()).decode().replace("\n", "\r\n")


def gmail(one: Said) -> bytes:
    """Alternatives, the calendar among them in 8 bits, and the same as a file."""
    calendar = _calendar(
        one,
        "-//Google Inc//Google Calendar 70.9054//EN",
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT="
        f"{one.partstat};CN={one.attendee};X-NUM-GUESTS=0:mailto:{one.attendee}",
        f"ORGANIZER;CN=University Sport Exchange:mailto:{one.organizer}",
        "CALSCALE:GREGORIAN",
    )
    inner = _parts(
        "in",
        "Content-Type: text/plain; charset=UTF-8\r\n\r\nAnn Smith has answered.",
        f"Content-Type: text/calendar; charset=UTF-8; method={one.method}\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{calendar}",
    )
    file = (
        'Content-Type: application/ics; name="invite.ics"\r\n'
        'Content-Disposition: attachment; filename="invite.ics"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{_encoded(calendar)}"
    )
    outer = _parts("out", f'Content-Type: multipart/alternative; boundary="in"\r\n{inner}', file)
    return _mail(one, 'multipart/mixed; boundary="out"', outer)


def exchange(one: Said) -> bytes:
    """Base64, names of zones as Windows has them, addresses in capitals."""
    calendar = _calendar(
        one.but(
            times=(
                "DTSTART;TZID=Russian Standard Time:20270306T150000",
                "DTEND;TZID=Russian Standard Time:20270306T180000",
            )
            if one.times == Said.times
            else one.times
        ),
        "Microsoft Exchange Server 2010",
        f"ATTENDEE;PARTSTAT={one.partstat};CN=Ann Smith:MAILTO:{one.attendee.upper()}",
        f"ORGANIZER:MAILTO:{one.organizer}",
        "BEGIN:VTIMEZONE",
        "TZID:Russian Standard Time",
        "BEGIN:STANDARD",
        "DTSTART:16010101T000000",
        "TZOFFSETFROM:+0300",
        "TZOFFSETTO:+0300",
        "END:STANDARD",
        "END:VTIMEZONE",
    )
    body = _parts(
        "_000_",
        'Content-Type: text/plain; charset="koi8-r"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n=0A",
        f'Content-Type: text/calendar; charset="utf-8"; method={one.method}\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{_encoded(calendar)}",
    )
    return _mail(one, 'multipart/alternative; boundary="_000_"', body)


def apple(one: Said) -> bytes:
    """No ORGANIZER's name, long lines folded in the middle of a word, the calendar as a file."""
    attendee = f'ATTENDEE;CN="Ann Smith";CUTYPE=INDIVIDUAL;EMAIL="{one.attendee}";PARTSTAT={one.partstat}:'
    calendar = _calendar(
        one,
        "-//Apple Inc.//macOS 14.6//EN",
        f"{attendee}\r\n mailto:{one.attendee[:4]}\r\n {one.attendee[4:]}",
        f"ORGANIZER:mailto:{one.organizer}",
    )
    body = _parts(
        "Apple-Mail",
        "Content-Type: text/plain; charset=utf-8\r\n\r\nAnn Smith has answered.",
        f"Content-Type: text/calendar; method={one.method}; charset=utf-8; name=iCal.ics\r\n"
        f"Content-Disposition: attachment; filename=iCal.ics\r\n\r\n{calendar}",
    )
    return _mail(one, "multipart/mixed; boundary=Apple-Mail", body)


def thunderbird(one: Said) -> bytes:
    """The mail itself is the calendar."""
    calendar = _calendar(
        one,
        "-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN",
        f"ATTENDEE;PARTSTAT={one.partstat};ROLE=REQ-PARTICIPANT:mailto:{one.attendee}",
        f'ORGANIZER;CN="Exchange, Portal";RSVP=TRUE:mailto:{one.organizer}',
    )
    return _mail(one, f"text/calendar; method={one.method}; charset=UTF-8", f"\r\n{calendar}")


SHAPES = (gmail, exchange, apple, thunderbird)
