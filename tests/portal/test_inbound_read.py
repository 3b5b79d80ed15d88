"""Reading what came in: once, by who knows it, and a mail that breaks its reader holds up no other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from portal.actions.inbound import UnableToRead, UnableToSettle, forget_mail, settle_mail, try_again
from portal.enums import InboundState
from portal.inbound import Done, PutAside, handlers, register
from portal.inbound.read import MOST_TRIES, read_waiting
from portal.inbound.store import MOST_BYTES, store_mail
from portal.models import InboundMail, University
from tests.factories import UniversityFactory, UserFactory
from tests.portal.mailroom import NOW, bring, came_back, letter
from tests.portal.outbox_rig import write_mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def readers() -> Iterator[None]:
    """The test's own readers, and no house's."""
    others = handlers.registered()
    handlers._handlers.clear()
    yield
    handlers._handlers.clear()
    handlers._handlers.update(others)


def fresh(mail: InboundMail) -> InboundMail:
    return InboundMail.objects.get(pk=mail.pk)


def test_a_mail_is_stored_with_what_its_headers_say():
    raw = letter(
        Subject="=?utf-8?b?0J/RgNC40LLQtdGC?=",
        Message_ID="<1@example.org>",
        Delivered_To="portal@Example.org",
    )
    mail = bring(raw)
    assert (mail.sender, mail.recipient) == ("ann@example.org", "portal@example.org")
    assert (mail.subject, mail.message_id) == ("Привет", "<1@example.org>")
    assert (bytes(mail.raw), mail.size, mail.received_at) == (raw, len(raw), NOW)


def test_letters_that_were_written_as_they_are_stay_readable():
    mail = bring("Subject: Матч – 14 марта\r\nFrom: Анна <ann@example.org>\r\n\r\nx".encode())
    assert (mail.subject, mail.sender) == ("Матч – 14 марта", "ann@example.org")


def test_what_nobody_knows_is_put_aside():
    mail = bring(letter())
    assert (mail.state, mail.handler) == (InboundState.PUT_ASIDE, "")
    assert mail.outcome == "No reader knows what this mail is about."


def test_the_first_reader_that_knows_a_mail_has_it():
    register("none", lambda mail, now: None)
    register("mine", lambda mail, now: Done("Understood.", f"{mail.sender} at {now:%H:%M}"))
    register("never", lambda mail, now: PutAside("Not reached."))
    mail = bring(letter())
    assert (mail.state, mail.handler) == (InboundState.DONE, "mine")
    assert (mail.outcome, mail.detail) == ("Understood.", "ann@example.org at 12:00")


def test_the_same_bytes_are_read_once():
    seen = []
    register("count", lambda mail, now: seen.append(mail.sender) or Done("Counted."))
    for _time in range(3):
        bring(letter())
    assert (len(seen), InboundMail.objects.count()) == (1, 1)


def test_what_a_reader_does_vanishes_when_it_breaks():
    def breaks(mail, now):
        UniversityFactory(name="Half done")
        raise KeyError("a\0b")

    register("breaks", breaks)
    mail = bring(letter())
    assert (mail.state, mail.detail) == (InboundState.FAILED, "KeyError: 'a\\x00b'")
    assert mail.outcome == "The portal could not take this mail apart."
    assert not University.objects.filter(name="Half done").exists()


def test_an_error_of_the_database_in_a_reader_is_the_mails_fault():
    def doubles(mail, now):
        UniversityFactory(ror="000000001")
        UniversityFactory(ror="000000001")

    register("doubles", doubles)
    mail = bring(letter())
    assert (mail.state, mail.detail.partition(":")[0]) == (InboundState.FAILED, IntegrityError.__name__)


def test_one_that_breaks_holds_up_no_other():
    def reads(mail, now):
        if "bad" in mail.header("subject"):
            raise ValueError("bad")
        return Done("Read.")

    register("reads", reads)
    mails = [store_mail(letter(Subject=word), now=NOW) for word in ("good 1", "bad", "good 2")]
    assert read_waiting(now=NOW) == 3
    assert [fresh(mail).state for mail in mails] == ["done", "failed", "done"]


def test_trouble_of_the_database_is_not_the_mails(caplog):
    def troubled(mail, now):
        raise OperationalError("the server closed the connection")

    register("troubled", troubled)
    mail = bring(letter())
    assert (mail.state, mail.tries) == (InboundState.NEW, 1)
    register("troubled", lambda mail, now: Done("Read."))
    read_waiting(now=NOW)
    assert fresh(mail).state == InboundState.DONE


def test_one_that_kills_its_reader_is_given_up():
    def kills(mail, now):
        raise KeyboardInterrupt

    register("kills", kills)
    mail = store_mail(letter(), now=NOW)
    for _time in range(MOST_TRIES):
        with pytest.raises(KeyboardInterrupt):
            read_waiting(now=NOW)
        assert fresh(mail).state == InboundState.NEW
    read_waiting(now=NOW)
    assert (fresh(mail).state, fresh(mail).outcome) == (
        InboundState.FAILED,
        "Whoever read this mail was stopped in the middle of it.",
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; owner-email=x"},
        {"Precedence": "Bulk"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"List_Id": "<news.example.org>"},
    ],
)
def test_automatic_answers_are_noted_quietly(headers):
    mail = bring(letter("I am away until Monday.", **headers))
    assert (mail.state, mail.handler) == (InboundState.DONE, "automatic")


def test_a_person_is_no_program():
    assert bring(letter(Auto_Submitted="no", Precedence="first-class")).state == InboundState.PUT_ASIDE


def test_readers_are_asked_before_a_mail_counts_as_automatic():
    register("calendar", lambda mail, now: Done("Accepted."))
    assert bring(letter(Auto_Submitted="auto-generated")).handler == "calendar"


def test_our_own_mail_is_recognised_and_nobody_can_pass_for_it():
    row = write_mail()
    assert bring(bytes(row.mime)).handler == "own"
    forged = letter(From="portal@example.org", Message_ID="<made-up@portal.test>")
    assert bring(forged).state == InboundState.PUT_ASIDE


def test_one_that_is_too_large_is_put_aside_by_its_headers():
    register("reads", lambda mail, now: Done("Read."))
    mail = bring(letter("x" * MOST_BYTES, Subject="Photos"))
    assert (mail.state, mail.handler, mail.subject) == (InboundState.PUT_ASIDE, "", "Photos")
    assert mail.size > MOST_BYTES
    assert (mail.is_cut, len(mail.raw) < 200) == (True, True)
    with pytest.raises(UnableToRead, match="Only the headers"):
        try_again(mail=mail, now=NOW)


def nested(layers: int) -> bytes:
    heads = (
        f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n'.encode() for n in range(layers)
    )
    return b"From: ann@example.org\r\n" + b"".join(heads) + b"x\r\n" * 100_000


@pytest.mark.parametrize("raw", [nested(31), nested(5_000)])
def test_parts_within_parts_within_parts_keep_nobody_busy(raw):
    mail = bring(raw)
    assert (mail.state, mail.detail) == (
        InboundState.FAILED,
        "UnreadableMailError: too many parts within parts",
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 100,
        b"Subject: a\0b\r\nFrom: \0@\0\r\n\r\n\0",
        b"Subject: =?martian?q?hello?=\r\n\r\nx",
        b'Subject: =?utf-8?b?!!!?=\r\nMessage-ID: <[\r\nTo: "\r\nContent-Type: ;;;\r\n\r\nx',
        b'Content-Type: text/plain; charset="martian"\r\n\r\n\xff\xfe',
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: message/delivery-status\r\n\r\n",
        b"Subject: \xed\xa0\x80\xff\r\nFrom: \xff@\xff\r\n\r\n",
        b"Subject: " + b"x" * 100_000 + b"\r\n\r\n",
        b"To: " + b"a@b," * 20_000 + b"\r\n\r\n",
    ],
)
def test_rubbish_is_kept_and_shown(raw, admin_client):
    mail = bring(raw)
    assert mail.state in (InboundState.PUT_ASIDE, InboundState.FAILED)
    assert admin_client.get(f"/inbox/{mail.pk}/").status_code == 200


HEADER = st.sampled_from(
    [
        "From",
        "To",
        "Subject",
        "Message-ID",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Auto-Submitted",
        "Date",
    ]
)
VALUE = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [
            b"multipart/report; report-type=delivery-status; boundary=b",
            b"message/delivery-status",
            b"message/rfc822",
            b"text/calendar; method=REPLY; charset=utf-8",
            b"base64",
            b"=?utf-8?q?=FF?= <a@b>",
        ]
    ),
)
BODY = st.lists(
    st.one_of(
        st.binary(max_size=40),
        st.sampled_from(
            [
                b"--b",
                b"--b--",
                b"",
                b"Content-Type: message/delivery-status",
                b"Action: failed",
                b"Status: 5.1.1",
            ]
        ),
    ),
    max_size=15,
)


@hypothesis_settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(HEADER, VALUE), max_size=8), BODY)
def test_no_bytes_stop_the_reader(headers: list[tuple[str, bytes]], body: list[bytes]):
    head = [name.encode() + b": " + value for name, value in headers]
    mail = bring(b"\r\n".join([*head, b"", *body]))
    assert mail.state != InboundState.NEW


def test_try_again_asks_the_readers_once_more():
    mail = bring(letter())
    register("late", lambda mail, now: Done("Understood."))
    assert try_again(mail=mail, now=NOW).state == InboundState.DONE
    with pytest.raises(UnableToRead, match="settled meanwhile"):
        try_again(mail=mail, now=NOW)


def test_settling_by_hand_says_who_and_when():
    mail, person = bring(letter()), UserFactory()
    settle_mail(mail=mail, by=person, now=NOW)
    settled = fresh(mail)
    assert (settled.state, settled.handled_by, settled.handled_at) == (InboundState.DONE, person, NOW)
    with pytest.raises(UnableToSettle, match="settled meanwhile"):
        settle_mail(mail=mail, by=person, now=NOW)


def test_mail_is_forgotten_after_its_days(settings):
    settings.INBOUND_DAYS = 90
    old = bring(letter(Subject="old"))
    bring(came_back(write_mail()), now=NOW + timedelta(days=1))
    assert forget_mail(now=NOW + timedelta(days=90)) == 0
    assert forget_mail(now=NOW + timedelta(days=90, seconds=1)) == 1
    assert not InboundMail.objects.filter(pk=old.pk).exists()
