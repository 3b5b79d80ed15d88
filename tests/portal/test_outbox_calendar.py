"""The calendar in a mail: beside its words, whole, and in bytes that every mail server leaves alone."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from portal.outbox import enqueue_mail
from portal.outbox.mime import CalendarPart
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
BODY = "BEGIN:VCALENDAR\r\nSUMMARY:Волки – Медведи\r\nX-LONG:{}\r\nEND:VCALENDAR\r\n".format(
    "x" * 3000
).encode()


def write(calendar: CalendarPart | None, **facts: str) -> bytes:
    words = {"subject": "Hello", "text": "Good day.\n", "html": "<p>Good day.</p>"} | facts
    row = enqueue_mail(
        kind="notice",
        dedupe_key="notice:1",
        recipient=UserFactory(),
        now=datetime(2027, 2, 1, 12, tzinfo=UTC),
        calendar=calendar,
        **words,
    )
    return bytes(row.mime)


def test_the_calendar_is_the_last_alternative_and_stands_once():
    mail = message_from_bytes(write(CalendarPart("REQUEST", BODY)), policy=policy.SMTP)
    kinds = [part.get_content_type() for part in mail.iter_parts()]
    assert mail.get_content_type() == "multipart/alternative"
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    *_words, part = mail.iter_parts()
    assert part["Content-Type"].params["method"] == "REQUEST"
    assert part["Content-Type"].params["charset"] == "utf-8"
    assert part["Content-Disposition"] is None
    assert part.get_payload(decode=True) == BODY
    assert mail.get_body(("plain",)).get_content() == "Good day.\r\n"


def test_a_mail_with_a_calendar_is_seven_bit_with_crlf_and_short_lines():
    mime = write(CalendarPart("CANCEL", BODY))
    assert mime.isascii()
    assert b"\n" not in mime.replace(b"\r\n", b"")
    assert max(len(line) for line in mime.split(b"\r\n")) <= 78


def test_without_a_calendar_there_is_no_such_part():
    mail = message_from_bytes(write(None), policy=policy.SMTP)
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_a_calendar_alone_is_a_fault():
    with pytest.raises(ValueError, match="beside text and HTML"):
        write(CalendarPart("REQUEST", BODY), html="")
