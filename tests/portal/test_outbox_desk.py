"""What portal administrators see of the outbox and do with it, and what monitoring is told."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.actions.outbox import UnableToDiscard, UnableToResend, discard_mail, resend_mail
from portal.enums import MAIL_DISCARDABLE, MAIL_MOVES, MAIL_RESENDABLE, MailState
from portal.models import OutboxMessage
from portal.outbox import drain, enqueue_mail, lift_suppression, suppress_address
from portal.outbox.lease import begin_data, claim
from portal.outbox.settle import settle
from portal.outbox.shown import hide_secrets, show_mail
from portal.outbox.transport import Answer as Said
from tests.factories import UserFactory
from tests.portal.outbox_rig import NOW, fresh, history, write_mail, write_mails
from tests.portal.smtp_sink import Answer

pytestmark = pytest.mark.django_db
TOKEN = "b2xkLXRva2Vu-3f9A1c"


@pytest.fixture
def administrator():
    return UserFactory(is_superuser=True, email="root@example.org")


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def test_a_mail_sent_again_is_the_same_mail_with_new_tries(sink, administrator):
    sink.at_data.append(Answer.REFUSED)
    row = write_mail()
    drain(now=NOW)
    resend_mail(mail=fresh(row), by=administrator, now=NOW)
    assert (fresh(row).state, fresh(row).attempts) == (MailState.QUEUED, 0)
    assert drain(now=NOW).sent == 1
    assert [mail.content for mail in sink.received] == [bytes(row.mime)]
    assert history(row) == ["failed", "queued", "sent"]
    assert [one.by for one in row.tries.all()] == [None, administrator, None]


@pytest.mark.parametrize("state", MailState)
def test_only_some_mails_are_sent_again_or_discarded(state, administrator):
    for n, (act, fault, allowed, to) in enumerate(
        [
            (resend_mail, UnableToResend, set(MAIL_RESENDABLE) - {MailState.SUPPRESSED}, MailState.QUEUED),
            (discard_mail, UnableToDiscard, set(MAIL_DISCARDABLE), MailState.CANCELLED),
        ]
    ):
        row = write_mail(n)
        OutboxMessage.objects.filter(pk=row.pk).update(state=state)
        if state in allowed:
            act(mail=fresh(row), by=administrator, now=NOW)
            assert fresh(row).state == to
            assert to in MAIL_MOVES[state]
        else:
            with pytest.raises(fault):
                act(mail=fresh(row), by=administrator, now=NOW)
            assert (fresh(row).state, history(row)) == (state, [])


def test_a_discarded_mail_never_leaves(sink, administrator):
    row = write_mail()
    discard_mail(mail=row, by=administrator, now=NOW)
    assert drain(now=NOW).claimed == 0
    with pytest.raises(UnableToResend):
        resend_mail(mail=fresh(row), by=administrator, now=NOW)


def test_a_frozen_sender_writes_nothing_over_what_was_sent_again(administrator):
    row = write_mail()
    (held,) = claim(now=NOW)
    begin_data(held, now=NOW)
    OutboxMessage.objects.update(state=MailState.UNCERTAIN, lease_token=None)
    resend_mail(mail=fresh(row), by=administrator, now=NOW)
    assert settle(held, Said(550, "550 late"), now=NOW) is None
    assert fresh(row).state == MailState.QUEUED


def test_what_was_held_back_goes_once_its_address_is_allowed(administrator):
    row = write_mail()
    suppression = suppress_address(address=row.recipient, status="", diagnostic="", mail=None, now=NOW)
    with pytest.raises(UnableToResend, match="came back"):
        resend_mail(mail=fresh(row), by=administrator, now=NOW)
    lift_suppression(suppression=suppression)
    resend_mail(mail=fresh(row), by=administrator, now=NOW)
    assert fresh(row).state == MailState.QUEUED


def test_a_mail_its_reader_does_not_want_stays(administrator):
    row = write_mail()
    OutboxMessage.objects.update(state=MailState.SUPPRESSED)
    with pytest.raises(UnableToResend, match="chosen not to"):
        resend_mail(mail=fresh(row), by=administrator, now=NOW)


def test_nothing_goes_to_an_address_that_is_none(administrator):
    row = enqueue_mail(kind="x", dedupe_key="x", recipient="none", subject="", text="", html="", now=NOW)
    with pytest.raises(UnableToResend, match="No mail can go"):
        resend_mail(mail=row, by=administrator, now=NOW)
    assert show_mail(b"").text == ""


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        (f"https://portal.test/exchange/answer/{TOKEN}/", "https://portal.test/exchange/answer/…/"),
        ("http://portal.test/accounts/password/reset/key/3-cxy12-0123456789abcdef/", None),
        (f"https://portal.test/a?key={TOKEN}&b=1", "https://portal.test/a?key=…&b=1"),
        ("https://portal.test/universities/belarusian-state-university/", "same"),
        ("portal+i17.3f9a1c@example.org", "portal+…@example.org"),
        ("ann@example.org", "same"),
    ],
)
def test_what_a_link_proves_is_not_shown(link, shown):
    expected = {None: "http://portal.test/accounts/password/reset/key/…/", "same": link}.get(shown, shown)
    assert hide_secrets(f"Go to {link} now.") == f"Go to {expected} now."


def test_the_page_shows_text_and_acts_by_post_alone(desk):
    row = enqueue_mail(
        kind="x",
        dedupe_key="x",
        recipient="a@example.org",
        subject="<b>Hi</b>",
        text=f"<script>1</script> https://portal.test/answer/{TOKEN}/",
        html="<p>Never shown</p>",
        now=NOW,
    )
    page = desk.get(f"/outbox/{row.pk}/").content.decode()
    assert "&lt;script&gt;1" in page
    assert "Never shown" not in page
    assert TOKEN not in page
    assert desk.get(f"/outbox/{row.pk}/resend/").status_code == 405
    assert "Discard this mail?" in desk.get(f"/outbox/{row.pk}/discard/").content.decode()
    assert fresh(row).state == MailState.QUEUED
    after = desk.post(f"/outbox/{row.pk}/discard/", follow=True).content.decode()
    assert "asked for by" in after
    assert fresh(row).state == MailState.CANCELLED


def test_the_list_is_filtered(desk):
    write_mails(3)
    OutboxMessage.objects.filter(recipient="person1@example.org").update(state=MailState.UNCERTAIN)
    for query, found in (
        ("", "012"),
        ("?state=uncertain", "1"),
        ("?kind=notice&to=PERSON2", "2"),
        ("?to=nobody", ""),
    ):
        page = desk.get(f"/outbox/{query}").content.decode()
        assert [n for n in "012" if f"Mail {n}<" in page] == list(found)


def test_the_list_costs_the_same_queries_for_1_and_30_mails(desk):
    costs = []
    for count in (1, 30):
        write_mails(count)
        with CaptureQueriesContext(connection) as queries:
            desk.get("/outbox/")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 10


def test_monitoring_reads_figures_by_its_token(client, settings, sink, administrator):
    sink.at_data.append(Answer.BUSY)
    write_mails(2, now=timezone.now())
    drain(now=timezone.now())
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    settings.METRICS_TOKEN = "a-long-token"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404
    told = client.get("/metrics", headers={"Authorization": "Bearer a-long-token"})
    lines = told.content.decode().splitlines()
    assert told["Content-Type"].startswith("text/plain; version=0.0.4")
    assert 'portal_outbox_mails{state="sent"} 1.0' in lines
    assert 'portal_outbox_attempts_total{outcome="retry"} 1.0' in lines
    assert "portal_outbox_oldest_seconds 0.0" in lines
    assert 'exchange_runs{state="computing"} 0.0' in lines
    client.force_login(administrator)
    assert client.get("/metrics").status_code == 200
