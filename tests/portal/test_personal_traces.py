"""Words by which a person is known, and how they are taken out of texts, JSON and mails."""

from __future__ import annotations

import json
from email import message_from_bytes
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from portal.models import User
from portal.outbox.mime import CalendarPart, build_mime
from portal.personal.mails import scrub_mail
from portal.personal.traces import traces_of

ANNA = traces_of(["Anna Karenina", "anna.k@example.org", "0000-0002-1825-0097", "Анна Каренина", "Anna"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("By Anna Karenina.", "By former member."),
        ("ANNA KARENINA", "former member"),
        ("Karenina, Anna", "former member"),
        ("Karenina Anna", "former member"),
        ("от Анна Каренина!", "от former member!"),
        ("<b>anna.k@example.org</b>", "<b>former member</b>"),
        ("mailto:Anna.K@Example.org", "mailto:former member"),
        ("x.anna.k@example.org", "x.anna.k@example.org"),
        ("anna.k@example.organic", "anna.k@example.organic"),
        ("https://orcid.org/0000-0002-1825-0097", "https://orcid.org/former member"),
        ("0000000218250097", "former member"),
        ("Anna Kareninas, Joanna Karenina", "Anna Kareninas, Joanna Karenina"),
        ("Anna, and Karenina", "Anna, and Karenina"),
    ],
)
def test_a_trace_is_a_whole_name_address_or_id(text: str, left: str):
    assert ANNA.without(text) == left
    assert ANNA.mentions(text) is (text != left)


@pytest.mark.parametrize("text", ["Anna Karenina", "АННА КАРЕНИНА", "Анна Каренина", "0000-0002-1825-0097"])
@pytest.mark.parametrize("write", [str, json.dumps, lambda text: json.dumps(json.dumps([text]))])
def test_a_needle_stands_in_whatever_has_a_trace(text: str, write):
    # As SQLite's lower() does it, which knows ASCII alone.
    written = "".join(letter.lower() if letter.isascii() else letter for letter in write(text))
    assert any(needle in written for needle in ANNA.needles)


def test_json_within_json_is_taken_apart():
    body = json.dumps([{"value": "<p>Анна Каренина</p>", "size": 3}])
    cleaned = ANNA.without_json({"body": body, "Anna Karenina": [None, True, "x"]})
    assert json.loads(cleaned["body"]) == [{"value": "<p>former member</p>", "size": 3}]
    assert cleaned["former member"] == [None, True, "x"]


def test_a_text_that_only_looks_like_json_is_a_text():
    assert ANNA.without_json("[sic] Anna Karenina") == "[sic] former member"


def test_a_name_that_others_bear_is_no_trace():
    traces = traces_of(["Anna Karenina", "anna.k@example.org"], shared=["anna  karenina"])
    assert traces.without("Anna Karenina, anna.k@example.org") == "Anna Karenina, former member"
    assert not traces_of([]).mentions("")


def test_a_mail_loses_the_person_and_keeps_the_rest():
    ics = b"BEGIN:VCALENDAR\r\nATTENDEE;CN=Anna Karenina;X-LONG=aaaaaaaaaaaaaaaaaaaaaaaaa:mailto:anna.k@exa\r\n mple.org\r\nEND:VCALENDAR\r\n"  # noqa: E501
    mime = build_mime(
        to="Boris <boris@example.org>",
        subject="Анна Каренина writes",
        text="Анна Каренина asks.\nPlease answer.",
        html="<p>Анна Каренина asks.</p>",
        message_id="<1@example.org>",
        now=timezone.now(),
        headers={"Reply-To": "Anna Karenina <anna.k@example.org>", "List-Id": "exchange"},
        calendar=CalendarPart("REQUEST", ics),
    )
    cleaned = scrub_mail(mime, ANNA)
    mail = message_from_bytes(cleaned)
    parts = {part.get_content_type(): part for part in mail.walk() if not part.is_multipart()}
    lines = parts["text/plain"].get_payload(decode=True).decode().splitlines()
    assert lines == ["former member asks.", "Please answer."]
    assert parts["text/html"].get_payload(decode=True).decode() == "<p>former member asks.</p>"
    calendar = parts["text/calendar"]
    assert calendar.get_param("method") == "REQUEST"
    assert b"CN=former member" in calendar.get_payload(decode=True)
    assert b"anna.k" not in calendar.get_payload(decode=True)
    assert mail["Subject"] == "former member writes"
    assert mail["Reply-To"] is None
    assert (mail["To"], mail["List-Id"], mail["Message-ID"]) == (
        "Boris <boris@example.org>", "exchange", "<1@example.org>"
    )  # fmt: skip
    assert b"\n" not in cleaned.replace(b"\r\n", b"")
    assert scrub_mail(cleaned, ANNA) is None


def test_the_page_on_personal_data_names_every_table_that_hangs_on_people():
    page = Path(settings.BASE_DIR, "docs/explanation/personal-data.md").read_text(encoding="utf-8")
    tied = {
        one.related_model._meta.label
        for one in User._meta.get_fields(include_hidden=True)
        if one.auto_created and not one.concrete
    }
    assert sorted(label for label in tied if f"`{label}`" not in page) == []
