"""What a mail that came back does: an address that is gone gets no more mail, and nobody can forge that."""

from __future__ import annotations

import pytest

from portal.enums import InboundState, MailState
from portal.inbound.addresses import BOUNCE, tagged
from portal.models import InboundMail, OutboxMessage, Suppression
from portal.outbox import drain, enqueue_mail, lift_suppression
from portal.outbox.lease import begin_data, claim
from portal.outbox.settle import settle
from portal.outbox.transport import Answer
from tests.portal.mailroom import NOW, bring, came_back, letter
from tests.portal.outbox_rig import fresh, smtp_sink, write_mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reply_address(settings) -> None:
    settings.REPLY_ADDRESS = "portal@example.org"


@pytest.fixture
def row(db: None) -> OutboxMessage:
    return write_mail(7)


def suppressed() -> list[str]:
    return list(Suppression.objects.values_list("address", flat=True))


def test_an_address_that_is_gone_gets_no_more_mail(row):
    mail = bring(came_back(row))
    assert (mail.state, mail.handler) == (InboundState.DONE, "bounce")
    assert mail.outcome == "The address is gone: no mail goes there any more."
    one = Suppression.objects.get()
    assert (one.address, one.status, one.mail, one.since) == ("person7@example.org", "5.1.1", row, NOW)
    assert one.diagnostic == "smtp; 550 5.1.1 <person7@example.org>: Recipient address rejected"


def test_what_waits_is_held_back_at_once(row, settings):
    other = write_mail(8)
    bring(came_back(row))
    assert fresh(row).state == MailState.SUPPRESSED
    assert fresh(row).last_answer == "Not sent: mails to this address came back."
    with smtp_sink(settings) as sink:
        drain(now=NOW)
        assert [mail.recipient for mail in sink.received] == [other.recipient]


def test_what_is_claimed_does_not_leave(row):
    (leased,) = claim(now=NOW)
    bring(came_back(row))
    assert not begin_data(leased, now=NOW)
    assert fresh(row).state == MailState.SUPPRESSED


@pytest.mark.parametrize(
    ("answer", "state"),
    [(Answer(250, "250 OK"), MailState.SENT), (Answer(451, "451 Later"), MailState.CANCELLED)],
)
def test_what_is_being_handed_over_may_arrive_and_is_not_tried_again(row, answer, state):
    (leased,) = claim(now=NOW)
    assert begin_data(leased, now=NOW)
    bring(came_back(row))
    settle(leased, answer, now=NOW)
    assert fresh(row).state == state


@pytest.mark.parametrize("recipient", ["person7@example.org", "Person7@EXAMPLE.org"])
def test_what_is_written_later_is_held_back(row, recipient):
    bring(came_back(row))
    later = enqueue_mail(
        kind="password_reset_key",
        dedupe_key="account:1",
        recipient=recipient,
        subject="Your password",
        text="",
        html="",
        now=NOW,
    )
    assert (later.state, fresh(later).state) == (MailState.SUPPRESSED, MailState.SUPPRESSED)
    assert later.last_answer == "Not sent: mails to this address came back."


def test_once_it_is_lifted_mail_goes_there_again(row):
    bring(came_back(row))
    lift_suppression(suppression=Suppression.objects.get())
    assert write_mail(7).state == MailState.SUPPRESSED, "what was held back stays so"
    later = enqueue_mail(
        kind="n", dedupe_key="n:2", recipient=row.recipient, subject="", text="", html="", now=NOW
    )
    assert later.state == MailState.QUEUED


def test_the_same_notice_does_nothing_twice(row):
    notice = came_back(row)
    bring(notice)
    lift_suppression(suppression=Suppression.objects.get())
    bring(notice)
    assert (suppressed(), InboundMail.objects.count()) == ([], 1)


def test_the_first_reason_stands(row):
    bring(came_back(row))
    bring(came_back(row, status="5.1.10"))
    assert Suppression.objects.get().status == "5.1.1"


@pytest.mark.parametrize(
    ("status", "action", "state"),
    [
        ("4.4.1", "delayed", InboundState.DONE),
        ("4.4.7", "failed", InboundState.DONE),
        ("5.2.2", "failed", InboundState.DONE),
        ("5.3.4", "failed", InboundState.DONE),
        ("5.7.1", "failed", InboundState.PUT_ASIDE),
        ("5.7.26", "failed", InboundState.PUT_ASIDE),
        ("5.1.1", "delayed", InboundState.DONE),
        ("2.0.0", "delivered", InboundState.DONE),
        ("2.0.0", "relayed", InboundState.DONE),
        ("failed", "failed", InboundState.DONE),
    ],
)
def test_what_says_nothing_of_the_address_suppresses_nothing(row, status, action, state):
    mail = bring(came_back(row, status=status, action=action))
    assert (mail.state, mail.handler, suppressed()) == (state, "bounce", [])


@pytest.mark.parametrize("status", ["5.1.1", "5.1.10", "5.2.1", "5.0.0", "5.4.4"])
def test_what_says_that_it_is_gone_does(row, status):
    bring(came_back(row, status=status))
    assert suppressed() == ["person7@example.org"]


@pytest.mark.parametrize(
    "forge",
    [
        lambda row: came_back(row, to="portal@example.org"),
        lambda row: came_back(row, to=f"portal+b.{row.pk}.aaaaaaaaaaaaaaaa@example.org"),
        lambda row: came_back(row, to=tagged("c", row.pk)),
        lambda row: came_back(row, to=tagged(BOUNCE, row.pk + 1)),
        lambda row: came_back(row, final="victim@example.org"),
        lambda row: came_back(row, final="victim@example.org", original="victim@example.org"),
    ],
)
def test_a_forged_notice_is_put_aside(row, forge):
    mail = bring(forge(row))
    assert (mail.state, mail.handler) == (InboundState.PUT_ASIDE, "bounce")
    assert mail.outcome.endswith("No effect.")
    assert (suppressed(), fresh(row).state) == ([], MailState.QUEUED)


def test_a_notice_within_a_mail_that_came_back_is_not_taken_for_one(row):
    inner = came_back(row).decode()
    mail = bring(
        b'To: %s\r\nContent-Type: multipart/mixed; boundary="outer"\r\n\r\n--outer\r\n'
        % tagged(BOUNCE, row.pk).encode()
        + f"Content-Type: message/rfc822\r\n\r\n{inner}\r\n--outer--\r\n".encode()
    )
    assert mail.state == InboundState.PUT_ASIDE
    assert mail.handler == ""


def test_an_address_that_was_forwarded_is_known_by_what_we_had_written(row):
    bring(came_back(row, final="elsewhere@example.net", original="person7@example.org"))
    assert suppressed() == ["person7@example.org"]


def test_a_plus_in_the_address_may_be_written_out(db):
    row = enqueue_mail(
        kind="n", dedupe_key="n:1", recipient="ann+sport@example.org", subject="", text="", html="", now=NOW
    )
    bring(came_back(row, final="x@example.net", original="ann+2Bsport@example.org"))
    assert suppressed() == ["ann+sport@example.org"]


def test_without_a_reply_address_nothing_is_suppressed(row, settings):
    notice = came_back(row)
    settings.REPLY_ADDRESS = ""
    assert bring(notice).state == InboundState.PUT_ASIDE
    assert suppressed() == []


QMAIL = """Hi. This is the qmail-send program at example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{address}>:
{reason}

--- Below this line is a copy of the message.
"""


def qmail(row: OutboxMessage, reason: str, address: str = "", to: str = "") -> bytes:
    text = QMAIL.format(address=address or row.recipient, reason=reason).replace("\n", "\r\n")
    return letter(
        text,
        From="MAILER-DAEMON@example.org",
        To=to or tagged(BOUNCE, row.pk),
        Return_Path="<>",
        Subject="failure notice",
    )


def test_a_server_of_the_old_kind_is_understood(row):
    mail = bring(qmail(row, "Sorry, no mailbox here by that name. (#5.1.1)"))
    assert (mail.state, mail.handler, suppressed()) == (InboundState.DONE, "bounce", ["person7@example.org"])


@pytest.mark.parametrize(
    "notice",
    [
        lambda row: qmail(row, "Sorry, no mailbox here.", to="portal@example.org"),
        lambda row: qmail(row, "Sorry, no mailbox here.", address="victim@example.org"),
        lambda row: qmail(row, "Mailbox is full. (#5.2.2)"),
        lambda row: qmail(row, "Your server has a bad name. (#5.7.1)"),
        lambda row: letter(
            "I am away until Monday.", To=tagged(BOUNCE, row.pk), Auto_Submitted="auto-replied"
        ),
        lambda row: letter("Please take me off your list!", To=tagged(BOUNCE, row.pk)),
    ],
)
def test_what_looks_like_one_of_the_old_kind_suppresses_nothing(row, notice):
    bring(notice(row))
    assert suppressed() == []


def test_each_mail_leaves_with_an_address_of_its_own(settings):
    first, second = write_mail(1), write_mail(2)
    with smtp_sink(settings) as sink:
        drain(now=NOW)
        assert {mail.sender for mail in sink.received} == {
            tagged(BOUNCE, first.pk),
            tagged(BOUNCE, second.pk),
        }
        assert all(b"From: University Sport Exchange <portal@" in mail.content for mail in sink.received)
