"""The mailbox on a real IMAP server: emptied once, whatever is killed in between."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from imapclient import SocketTimeout

from portal.actions.inbound import read_mailbox
from portal.enums import InboundState
from portal.inbound import imap
from portal.inbound.imap import Mailbox, UnreachableMailboxError, take_mail
from portal.inbound.store import MOST_BYTES, store_mail
from portal.models import InboundMail
from portal.tasks import read_mailbox as task
from tests.portal.imap_server import PASSWORD, USER, ImapServer, imap_server
from tests.portal.mailroom import NOW, letter

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[ImapServer]:
    with imap_server(tmp_path_factory.mktemp("imap") / "server") as server:
        yield server


@pytest.fixture
def server(running, settings) -> ImapServer:
    """Empty, and the one that the portal reads."""
    running.clear()
    settings.IMAP_URL = running.url
    return running


def subjects() -> set[str]:
    return set(InboundMail.objects.values_list("subject", flat=True))


def test_the_mailbox_is_emptied_and_read(server):
    for n in range(3):
        server.deliver(letter(Subject=f"Mail {n}"))
    assert read_mailbox(now=NOW) == 3
    assert server.left() == []
    assert subjects() == {"Mail 0", "Mail 1", "Mail 2"}
    assert set(InboundMail.objects.values_list("state", flat=True)) == {InboundState.PUT_ASIDE}
    assert read_mailbox(now=NOW) == 0


def test_the_task_reads_it(server):
    server.deliver(letter(Subject="By the task"))
    task(later="ignored")
    assert (subjects(), server.left()) == ({"By the task"}, [])


def test_without_a_mailbox_the_task_reads_what_a_killed_command_left(settings):
    settings.IMAP_URL = ""
    mail = store_mail(letter(), now=NOW)
    task()
    assert InboundMail.objects.get(pk=mail.pk).state == InboundState.PUT_ASIDE


def test_killed_between_storing_and_deleting_it_is_read_again_and_acts_once(server, monkeypatch):
    def store_and_die(raw: bytes, **facts) -> InboundMail:
        row = store_mail(raw, **facts)
        server.kill()
        return row

    server.deliver(letter(Subject="Once"))
    with monkeypatch.context() as patch:
        patch.setattr(imap, "store_mail", store_and_die)
        read_mailbox(now=NOW)
    assert (subjects(), len(server.left())) == ({"Once"}, 1)
    server.start()
    assert read_mailbox(now=NOW) == 0
    assert (InboundMail.objects.count(), server.left()) == (1, [])


def test_what_was_marked_and_not_cleaned_up_is_not_read_again(server):
    server.deliver(letter(Subject="Taken"), flags="T")
    read_mailbox(now=NOW)
    assert (subjects(), server.left()) == (set(), [])


def test_one_that_is_too_large_stays_there_with_a_flag(server):
    server.deliver(letter("x" * MOST_BYTES, Subject="Photos"))
    server.deliver(letter(Subject="Small"))
    for _minute in range(2):
        read_mailbox(now=NOW)
    assert server.left() == ["F"]
    assert subjects() == {"Photos", "Small"}
    large = InboundMail.objects.get(subject="Photos")
    assert (large.state, large.handler) == (InboundState.PUT_ASIDE, "")
    assert large.size > MOST_BYTES > len(large.raw)


def test_one_look_takes_a_bounded_number(server, monkeypatch):
    monkeypatch.setattr(imap, "MOST_MAILS", 2)
    for n in range(3):
        server.deliver(letter(Subject=f"Mail {n}"))
    assert take_mail(Mailbox.at(server.url), now=NOW) == 2
    assert len(server.left()) == 1


def test_a_wrong_password_is_said_without_telling_it(server, caplog):
    wrong = Mailbox("127.0.0.1", server.port, USER, "wrong-secret", "INBOX", tls=False)
    with pytest.raises(UnreachableMailboxError) as fault:
        take_mail(wrong, now=NOW)
    assert "LoginError" in str(fault.value)
    assert "wrong-secret" not in str(fault.value) + caplog.text


def test_a_server_without_tls_gets_no_password(server):
    insists = Mailbox("127.0.0.1", server.port, USER, PASSWORD, "INBOX", tls=True)
    with pytest.raises(UnreachableMailboxError, match="SSL"):
        take_mail(insists, now=NOW)


def test_a_server_that_is_away_or_silent_waits_for_the_next_minute(settings, monkeypatch, caplog):
    monkeypatch.setattr(imap, "TIMEOUT", SocketTimeout(connect=0.2, read=0.2))
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        settings.IMAP_URL = f"imap://a:b@127.0.0.1:{silent.getsockname()[1]}/INBOX"
        read_mailbox(now=NOW)
        silent.listen()
        read_mailbox(now=NOW)
    assert [message.split(":")[0] for message in caplog.messages] == [
        "the mailbox was not read to its end"
    ] * 2


@pytest.mark.parametrize(
    ("url", "mailbox"),
    [
        ("imaps://u@mail.example.org", Mailbox("mail.example.org", 993, "u", "", "INBOX", tls=True)),
        ("imap://u:p@localhost:10143/In%2FBox", Mailbox("localhost", 10143, "u", "p", "In/Box", tls=False)),
        ("imaps://a%40b:p%3Aq@[::1]/", Mailbox("::1", 993, "a@b", "p:q", "INBOX", tls=True)),
    ],
)
def test_the_url_says_where_and_as_whom(url, mailbox):
    assert Mailbox.at(url) == mailbox


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("mail.example.org", False),
        ("10.0.0.1", False),
    ],
)
def test_only_what_stays_on_the_machine_goes_without_tls(host, here):
    assert Mailbox.at(f"imap://u:p@{f'[{host}]' if ':' in host else host}").is_here is here
