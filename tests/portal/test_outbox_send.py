"""Every state a mail can come to, against a real SMTP server on loopback."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.management import CommandError, call_command
from django.db import connection

from portal.embedded import free_port
from portal.enums import MailState
from portal.models import OutboxMessage
from portal.outbox import cancel_mails, drain, oldest_age
from portal.outbox.lease import begin_data, claim, lease_time
from portal.outbox.settle import MOST_TRIES, delay, settle
from portal.outbox.sweep import rescue
from portal.outbox.transport import Answer as Said
from tests.portal.outbox_rig import NOW, history, smtp_sink, write_mail, write_mails
from tests.portal.smtp_sink import Answer

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
def sink(settings):
    with smtp_sink(settings) as sink:
        yield sink


def fresh(row: OutboxMessage) -> OutboxMessage:
    return OutboxMessage.objects.get(pk=row.pk)


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


def test_one_connection_serves_a_batch(sink):
    write_mails(45)
    assert drain(now=NOW).sent == 45
    assert sink.connections == 3


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


# -- leases ------------------------------------------------------------------------------------------------


def test_a_sender_killed_before_data_leaves_no_doubt(sink):
    (row,) = write_mails(1)
    claim(now=NOW)
    assert drain(now=NOW + lease_time() - MINUTE / 60).claimed == 0
    later = NOW + lease_time()
    drained = drain(now=later)
    assert (drained.rescued, drained.sent) == (1, 1)
    assert (fresh(row).ambiguous, fresh(row).attempts, history(row)) == (False, 1, ["retry", "sent"])


def test_a_sender_killed_within_data_leaves_doubt(sink):
    row = write_mail()
    (held,) = claim(now=NOW)
    assert begin_data(held, now=NOW)
    later = NOW + lease_time()
    assert rescue(now=later) == 1
    assert (fresh(row).state, fresh(row).ambiguous) == (MailState.RETRY, True)
    (held,) = claim(now=later + MINUTE)
    assert begin_data(held, now=later + MINUTE)
    assert rescue(now=later + DAY) == 1
    assert fresh(row).state == MailState.UNCERTAIN
    assert drain(now=later + 2 * DAY).claimed == 0
    assert sink.received == []


def test_a_frozen_sender_can_neither_begin_nor_write(sink):
    row = write_mail()
    (frozen,) = claim(now=NOW)
    later = NOW + lease_time()
    assert not begin_data(frozen, now=later)
    assert drain(now=later).sent == 1
    assert not begin_data(frozen, now=NOW)
    for answer in (Said(250, "250 late"), Said(451, "451 late"), Said(550, "550 late")):
        assert settle(frozen, answer, now=later) is None
    assert fresh(row).state == MailState.SENT
    assert history(row) == ["retry", "sent"]


def test_a_sender_frozen_within_data_cannot_write_over_the_second_try(sink):
    row = write_mail()
    (frozen,) = claim(now=NOW)
    begin_data(frozen, now=NOW)
    later = NOW + lease_time()
    rescue(now=later)
    (held,) = claim(now=later + MINUTE)
    assert settle(frozen, Said(250, "250 late"), now=later) is None
    assert fresh(row).state == MailState.LEASED
    assert fresh(row).lease_token == held.lease_token


def test_what_time_does_not_allow_is_given_back(sink):
    rows = write_mails(3)
    assert drain(now=NOW, seconds=0).claimed == 0
    assert drain(now=NOW, limit=2).sent == 2
    assert [fresh(row).state for row in rows] == ["sent", "sent", "queued"]


# -- cancelling --------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_cancelling_wins_until_data_begins(sink):
    rows = write_mails(3)

    def cancel(address: str) -> None:
        if address == "person1@example.org":
            assert cancel_mails(dedupe_prefix="notice:1") == 1
        connection.close()

    sink.before_data = cancel
    drained = drain(now=NOW)
    assert (drained.claimed, drained.sent) == (3, 2)
    assert [fresh(row).state for row in rows] == ["sent", "cancelled", "sent"]
    assert [mail.recipient for mail in sink.received] == ["person0@example.org", "person2@example.org"]


@pytest.mark.parametrize(
    ("answer", "state"),
    [(Said(250, "250 OK"), "sent"), (Said(451, "451"), "cancelled"), (Said(550, "550"), "cancelled")],
)
def test_what_is_cancelled_while_it_leaves_is_not_tried_again(answer, state):
    row = write_mail()
    (held,) = claim(now=NOW)
    begin_data(held, now=NOW)
    assert cancel_mails(dedupe_prefix="notice:0") == 0
    settle(held, answer, now=NOW)
    assert fresh(row).state == state
    assert rescue(now=NOW + DAY) == 0
    assert claim(now=NOW + DAY) == []


def test_cancelled_mail_is_not_sent(sink):
    write_mails(2)
    assert cancel_mails(dedupe_prefix="notice") == 2
    assert drain(now=NOW).claimed == 0
    assert sink.received == []


# -- the other ends ----------------------------------------------------------------------------------------


def test_another_backend_of_django_gets_the_same_mail():
    row = write_mail()
    assert drain(now=NOW).sent == 1
    (mail,) = django_mail.outbox
    assert (mail.subject, mail.to, mail.body) == (
        "Mail 0",
        ["person0@example.org"],
        "A line.\n.\n..two dots\n",
    )
    assert mail.alternatives == [("<p>A line.</p>", "text/html")]
    assert mail.message().as_bytes(policy=mail.message().policy.clone(linesep="\r\n")) == bytes(row.mime)


def test_the_console_backend_works(settings, capsys):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    write_mail()
    assert drain(now=NOW).sent == 1
    assert "Subject: Mail 0" in capsys.readouterr().out


def test_health_turns_red_when_the_oldest_mail_waits_over_five_minutes(client, sink, time_machine):
    time_machine.move_to(NOW, tick=False)
    assert client.get("/healthz").status_code == 200
    write_mail()
    time_machine.shift(timedelta(seconds=300))
    assert client.get("/healthz").status_code == 200
    time_machine.shift(timedelta(seconds=1))
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"oldest_mail_seconds": 301})
    claim(now=NOW + 5 * MINUTE)
    assert client.get("/healthz").status_code == 503, "a killed sender's mail still waits"
    drain(now=NOW + DAY)
    assert client.get("/healthz").json() == {"oldest_mail_seconds": 0}


def test_a_mail_put_off_by_the_server_does_not_turn_health_red(sink):
    sink.at_data.append(Answer.BUSY)
    row = write_mail(now=NOW - DAY)
    drain(now=NOW)
    assert oldest_age(now=NOW) == 0
    assert oldest_age(now=fresh(row).next_at + 2 * MINUTE) == 120


def test_the_command_drains_to_the_end_without_redis(sink, settings, capsys, time_machine):
    time_machine.move_to(NOW)
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    write_mails(25)
    call_command("drain_outbox", until_empty=True)
    assert capsys.readouterr().out == "25 claimed, 25 sent, 0 retry, 0 failed, 0 uncertain, 0 rescued\n"


def test_the_command_says_when_the_server_is_away(settings, time_machine):
    time_machine.move_to(NOW)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    write_mail()
    with pytest.raises(CommandError, match=r"the rest waits in the outbox\. ConnectionRefused"):
        call_command("drain_outbox", until_empty=True)
