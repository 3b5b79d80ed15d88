"""Senders that are killed or frozen, mails that are cancelled: who may write what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from portal.enums import MAIL_MOVES, MailState
from portal.models import OutboxMessage
from portal.outbox import cancel_mails, drain
from portal.outbox.lease import begin_data, claim, lease_time
from portal.outbox.settle import settle
from portal.outbox.sweep import rescue
from portal.outbox.transport import Answer as Said
from tests.portal.outbox_rig import NOW, fresh, history, write_mail, write_mails

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


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


@pytest.mark.parametrize("state", MailState)
@pytest.mark.parametrize("said", [Said(250, "250"), Said(451, "451"), Said(550, "550")])
def test_an_answer_moves_only_what_may_move(state, said):
    row = write_mail()
    (held,) = claim(now=NOW)
    begin_data(held, now=NOW)
    OutboxMessage.objects.update(state=state)
    outcome = settle(held, said, now=NOW)
    possible = {MailState.DATA, MailState.CANCELLED} if said.accepted else {MailState.DATA}
    assert (outcome is not None) == (state in possible)
    assert fresh(row).state == (outcome or state)
    assert outcome is None or outcome in MAIL_MOVES[state]
