"""Writing mails down: once, whole, and with nothing that could be injected."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import getaddresses

import pytest
from django.db import transaction

from portal.enums import MailState
from portal.models import OutboxMessage
from portal.outbox import cancel_mails, enqueue_mail
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 2, 1, 12, 0, tzinfo=UTC)


def write(key: str = "notice:1:ann@example.org", **facts: object) -> OutboxMessage:
    return enqueue_mail(
        **{
            "kind": "notice",
            "dedupe_key": key,
            "recipient": "ann@example.org",
            "subject": "Hello",
            "text": "Good day.\n",
            "html": "<p>Good day.</p>",
            "now": NOW,
        }
        | facts
    )


def parsed(row: OutboxMessage):
    return message_from_bytes(bytes(row.mime), policy=policy.SMTP)


def test_a_mail_holds_what_was_given():
    mail = parsed(write(subject="Приглашение на матч", text="Добрый день.\n", html="<p>Добрый день.</p>"))
    assert mail["Subject"] == "Приглашение на матч"
    assert mail["To"] == "ann@example.org"
    assert mail["From"] == "University Sport Exchange <portal@example.org>"
    assert mail["Date"].datetime == NOW
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@portal.test>")
    assert mail.get_body(("plain",)).get_content() == "Добрый день.\r\n"
    assert mail.get_body(("html",)).get_content() == "<p>Добрый день.</p>"


def test_bytes_are_seven_bit_with_crlf_and_short_lines():
    mime = bytes(
        write(subject="Ж" * 300, text="Ж" * 3000 + "\n.\nend", html="<p>" + "x" * 3000 + "</p>").mime
    )
    assert mime.isascii()
    assert b"\n" not in mime.replace(b"\r\n", b"")
    assert max(len(line) for line in mime.split(b"\r\n")) <= 78
    text = message_from_bytes(mime, policy=policy.SMTP).get_body(("plain",)).get_content()
    assert text == "Ж" * 3000 + "\r\n.\r\nend"


def test_the_same_key_gives_the_first_row_unchanged():
    first = write()
    again = write(subject="Something else", recipient="bob@example.org")
    assert again.pk == first.pk
    assert (again.subject, again.recipient) == ("Hello", "ann@example.org")
    assert OutboxMessage.objects.count() == 1


def test_the_same_mail_has_the_same_message_id_whenever_it_is_written():
    first = write()
    first.delete()
    assert write().message_id == first.message_id
    assert write("notice:2").message_id != first.message_id


@pytest.mark.django_db(transaction=True)
def test_a_mail_vanishes_with_the_change_it_speaks_of():
    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert not OutboxMessage.objects.exists()


@transaction.atomic
def write_and_fail() -> None:
    write()
    raise ZeroDivisionError


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x85", "\0"])
def test_a_subject_cannot_begin_another_header(line_break):
    row = write(subject=f"Hello{line_break}Bcc: victim@example.org")
    assert row.subject == "Hello Bcc: victim@example.org"
    assert parsed(row)["Subject"] == "Hello Bcc: victim@example.org"
    assert parsed(row)["Bcc"] is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann\r\nBcc: victim@example.org", "Ann Bcc: victim@example.org"),
        ('Ann "the <ace>"', 'Ann "the <ace>"'),
        ("Иванов, Иван Иванович, доцент кафедры физического воспитания", None),
        ("Smith, Ann " + "of the Faculty of Physical Education and Sports " * 2, None),
    ],
)
def test_a_name_stays_a_name(name, shown):
    user = UserFactory(first_name=name, last_name="")
    mail = message_from_bytes(bytes(write(recipient=user).mime))
    ((given_name, address),) = getaddresses([mail["To"].replace("\r\n", "")])
    assert address == user.email
    assert str(make_header(decode_header(given_name))) == (shown or name.strip())
    assert mail["Bcc"] is None


@pytest.mark.parametrize(
    "headers", [{"X-A": "1\r\nBcc: v@example.org"}, {"To": "v@example.org"}, {"X A: b\r\nBcc": "v"}]
)
def test_given_headers_cannot_carry_others_or_replace_ours(headers):
    with pytest.raises(ValueError, match=r"cannot be given|can't contain newlines"):
        write(headers=headers)
    assert not OutboxMessage.objects.exists()


def test_given_headers_are_kept():
    mail = parsed(write(headers={"List-Unsubscribe": "<https://portal.test/u>", "Auto-Submitted": "no"}))
    assert mail["List-Unsubscribe"] == "<https://portal.test/u>"
    assert mail.get_all("Auto-Submitted") == ["no"]


def test_a_domain_beyond_ascii_is_written_as_dns_knows_it():
    row = write(recipient="ann@почта.бел")
    assert row.recipient == "ann@xn--80a1acny.xn--90ais"
    assert parsed(row)["To"] == "ann@xn--80a1acny.xn--90ais"
    assert row.state == MailState.QUEUED


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("жанна@example.org", "has letters before the @ that mail servers do not carry"),
        ("nobody", "is no e-mail address"),
        ("", "is no e-mail address"),
        ("a@example.org\r\nRCPT TO:<b@example.org>", "is no e-mail address"),
        ("a@example.org, b@example.org", "is no e-mail address"),
        ("a@" + "x" * 300 + ".org", "is no e-mail address"),
    ],
)
def test_an_address_that_no_mail_reaches_has_failed_and_says_why(address, reason):
    row = write(recipient=address)
    assert row.state == MailState.FAILED
    assert reason in row.last_answer


def test_a_key_that_does_not_fit_is_a_fault():
    with pytest.raises(ValueError, match="too long"):
        write("k" * 201)


def test_writing_a_mail_costs_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        write()


def test_cancelling_goes_by_whole_parts_of_the_key():
    for key in (
        "invitation:1",
        "invitation:1:2",
        "invitation:12",
        "INVITATION:1",
        "xinvitation:1",
        "invitation_1",
    ):
        write(key)
    assert cancel_mails(dedupe_prefix="invitation:1:") == 2
    stopped = OutboxMessage.objects.filter(state=MailState.CANCELLED)
    assert set(stopped.values_list("dedupe_key", flat=True)) == {"invitation:1", "invitation:1:2"}
    assert cancel_mails(dedupe_prefix="invitation:1") == 0


def test_nothing_cancels_everything():
    with pytest.raises(ValueError, match="empty prefix"):
        cancel_mails(dedupe_prefix="")
