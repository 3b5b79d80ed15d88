"""What each answer of the mail server leads to, against a real one on loopback."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.embedded import free_port
from portal.enums import MailState
from portal.models import OutboxMessage
from portal.outbox import drain, oldest_age
from portal.outbox.settle import MOST_TRIES, delay
from tests.portal.outbox_rig import NOW, fresh, history, smtp_sink, write_mail, write_mails
from tests.portal.smtp_sink import Answer

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def test_what_is_written_arrives_byte_for_byte(sink):
    row = write_mail()
    drained = drain(now=NOW)
    (received,) = sink.received
    assert (drained.claimed, drained.sent, drained.trouble) == (1, 1, "")
    assert received.content == bytes(row.mime)
    assert (received.sender, received.recipient) == ("portal@example.org", "person0@example.org")
    sent = fresh(row)
    assert (sent.state, sent.attempts, sent.last_answer) == (MailState.SENT, 1, "250 OK")
    assert sent.sent_at - NOW < MINUTE
    assert sent.lease_token is None
    assert history(row) == ["sent"]


def test_a_sent_mail_is_not_sent_again(sink):
    write_mail()
    drain(now=NOW)
    assert drain(now=NOW + DAY).claimed == 0
    assert len(sink.received) == 1


def test_one_connection_serves_a_drain(sink):
    write_mails(45)
    assert drain(now=NOW).sent == 45
    assert sink.connections == 1


@pytest.mark.parametrize("stage", ["at_rcpt", "at_data"])
def test_busy_means_later(sink, stage):
    getattr(sink, stage).append(Answer.BUSY)
    refused, other = write_mails(2)
    drained = drain(now=NOW)
    assert (drained.retry, drained.sent, drained.trouble) == (1, 1, "")
    row = fresh(refused)
    assert (row.state, row.attempts, row.ambiguous, row.last_answer) == (
        "retry",
        1,
        False,
        "451 Try again later",
    )
    assert timedelta(seconds=24) < row.next_at - NOW < timedelta(seconds=37)
    assert drain(now=NOW).claimed == 0
    assert drain(now=NOW + MINUTE).sent == 1
    assert history(row) == ["retry", "sent"]
    assert [mail.message_id for mail in sink.received] == [other.message_id, refused.message_id]


@pytest.mark.parametrize("stage", ["at_rcpt", "at_data"])
def test_refused_means_failed_and_is_shown(sink, stage):
    getattr(sink, stage).append(Answer.REFUSED)
    refused, _other = write_mails(2)
    assert (drain(now=NOW).failed, len(sink.received)) == (1, 1)
    row = fresh(refused)
    assert (row.state, row.last_answer) == ("failed", "550 No such mailbox")
    assert drain(now=NOW + DAY).claimed == 0


@pytest.mark.parametrize("stage", ["at_rcpt", "at_data"])
def test_a_closing_server_ends_the_batch_and_keeps_the_rest_due(sink, stage):
    getattr(sink, stage).append(Answer.CLOSING)
    first, *others = write_mails(5)
    drained = drain(now=NOW)
    assert (drained.claimed, drained.retry, drained.sent) == (5, 1, 0)
    assert drained.trouble.startswith("421")
    assert fresh(first).state == MailState.RETRY
    assert [fresh(row).attempts for row in others] == [0] * 4
    assert drain(now=NOW).sent == 4
    assert drain(now=NOW + MINUTE).sent == 1


@pytest.mark.parametrize("answer", [Answer.DROP_BEFORE, Answer.DROP_AFTER, Answer.HANG])
def test_no_answer_means_once_more_with_the_same_bytes(sink, answer):
    sink.at_data.append(answer)
    row, _other = write_mails(2)
    drained = drain(now=NOW)
    assert (drained.retry, drained.sent) == (1, 0)
    assert "SMTPServerDisconnected" in drained.trouble
    assert (fresh(row).state, fresh(row).ambiguous) == (MailState.RETRY, True)
    assert drain(now=NOW + MINUTE).sent == 2
    copies = [mail.content for mail in sink.received if mail.message_id == row.message_id]
    assert copies == [bytes(row.mime)] * (2 if answer is Answer.DROP_AFTER else 1)
    assert fresh(row).state == MailState.SENT


def test_twice_no_answer_means_uncertain_and_no_third_copy(sink):
    sink.otherwise = Answer.DROP_AFTER
    row = write_mail()
    drain(now=NOW)
    assert drain(now=NOW + MINUTE).uncertain == 1
    sink.otherwise = Answer.OK
    assert drain(now=NOW + DAY).claimed == 0
    assert fresh(row).state == MailState.UNCERTAIN
    assert history(row) == ["retry", "uncertain"]
    assert len(sink.received) == 2


def test_a_break_before_data_is_no_doubt(sink):
    sink.at_rcpt.append(Answer.DROP_BEFORE)
    row = write_mail()
    drain(now=NOW)
    assert (fresh(row).state, fresh(row).ambiguous) == (MailState.RETRY, False)


def test_mail_outlives_a_server_that_is_away(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 1
    rows = write_mails(30)
    for minute in range(5):
        drained = drain(now=NOW + minute * MINUTE)
        assert (drained.claimed, drained.sent) == (20, 0)
        assert "ConnectionRefusedError" in drained.trouble
    assert oldest_age(now=NOW + 5 * MINUTE) == 300
    assert {fresh(row).attempts for row in rows} == {0}
    with smtp_sink(settings) as sink:
        assert drain(now=NOW + 5 * MINUTE).sent == 30
        assert len(sink.received) == 30


def test_a_server_that_does_not_know_us_costs_no_mail(sink, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "wrong"
    row = write_mail()
    assert "SMTPNotSupportedError" in drain(now=NOW).trouble
    assert (fresh(row).state, fresh(row).attempts) == (MailState.RETRY, 0)


def test_delays_double_up_to_four_hours_and_end_after_days(sink):
    seconds = [delay("<id>", tries).total_seconds() for tries in range(1, MOST_TRIES)]
    assert all(24 * 2**n <= found <= 36 * 2**n for n, found in enumerate(seconds[:9]))
    assert max(seconds) <= 4.8 * 3600
    assert 4 * 86400 < sum(seconds) < 6 * 86400
    assert delay("<id>", 3) == delay("<id>", 3) != delay("<other>", 3)
    row = write_mail()
    OutboxMessage.objects.update(attempts=MOST_TRIES - 1)
    sink.at_data.append(Answer.BUSY)
    drain(now=NOW)
    assert (fresh(row).state, fresh(row).last_answer) == (MailState.FAILED, "451 Try again later")


@pytest.mark.parametrize("answer", [Answer.LOGIN_REQUIRED, Answer.REFUSED, Answer.OVER_QUOTA])
def test_a_server_that_takes_nothing_from_us_blames_no_mail(sink, answer):
    sink.at_mail += [Answer.OK, answer]
    rows = write_mails(3)
    drained = drain(now=NOW)
    assert drained.trouble == f"portal@example.org may not send: {answer}"
    assert (drained.claimed, drained.sent, drained.failed, drained.retry) == (3, 1, 0, 0)
    for row in map(fresh, rows[1:]):
        assert (row.state, row.attempts, row.next_at, row.lease_token) == ("retry", 0, NOW, None)
        assert history(row) == []
    assert oldest_age(now=NOW + 6 * MINUTE) == 360, "health turns red, as without a server"
    assert drain(now=NOW + MINUTE).sent == 2
