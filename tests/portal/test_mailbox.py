"""The local mailbox: what a catcher has written is shown, and nothing else of the disk."""

from __future__ import annotations

import mailbox
import os
import subprocess
import sys
from email import message_from_bytes
from pathlib import Path

import pytest
from django.utils import timezone

from portal.embedded import free_port
from portal.outbox import drain, enqueue_mail
from tests.portal.outbox_rig import NOW, wait_until_it_listens

pytestmark = pytest.mark.django_db


@pytest.fixture
def maildir(settings, tmp_path) -> mailbox.Maildir:
    settings.MAIL_CATCHER_DIR = tmp_path / "mail"
    return mailbox.Maildir(settings.MAIL_CATCHER_DIR)


def catch(maildir: mailbox.Maildir, n: int = 0, **facts: str) -> str:
    """Puts the n-th mail, written n seconds after the first, into the Maildir; returns its key."""
    facts = {
        "to": f"person{n}@example.org",
        "subject": f"Mail {n}",
        "text": "Hello.",
        "html": "<p>Hello.</p>",
    } | facts
    row = enqueue_mail(kind="t", dedupe_key=str(n), recipient=facts.pop("to"), now=NOW, **facts)
    key = maildir.add(message_from_bytes(bytes(row.mime)))
    path = Path(maildir._path) / "new" / key
    os.utime(path, (1_000_000_000 + n, 1_000_000_000 + n))
    return key


def test_mails_are_listed_newest_first(client, maildir):
    for n in range(3):
        catch(maildir, n)
    page = client.get("/mailbox/").content.decode()
    assert page.index("Mail 2") < page.index("Mail 1") < page.index("Mail 0")
    assert "person1@example.org" in page


def test_long_lists_have_pages(client, maildir):
    for n in range(51):
        catch(maildir, n)
    assert "Mail 0<" not in client.get("/mailbox/").content.decode()
    assert "Mail 0<" in client.get("/mailbox/", {"page": 2}).content.decode()


def test_mails_are_found_by_recipient(client, maildir):
    catch(maildir, 1, to="ann@example.org")
    catch(maildir, 2, to="bob@example.org")
    page = client.get("/mailbox/", {"to": "ANN@"}).content.decode()
    assert "Mail 1" in page
    assert "Mail 2" not in page
    assert "No mail to this address" in client.get("/mailbox/", {"to": "nobody"}).content.decode()


def test_an_empty_mailbox_says_when_mail_comes(client, settings, tmp_path):
    settings.MAIL_CATCHER_DIR = tmp_path / "not there yet"
    page = client.get("/mailbox/")
    assert page.status_code == 200
    assert "No mail yet" in page.content.decode()


def test_a_mail_is_shown_with_its_headers_and_text(client, maildir):
    key = catch(
        maildir,
        subject="Приглашение",
        text="Строка <первая>\nhttp://portal.test/answer/x/",
        to="ann@example.org",
    )
    page = client.get(f"/mailbox/{key}/").content.decode()
    assert "<h1>Приглашение</h1>" in page
    assert "Строка &lt;первая&gt;" in page
    assert '<a href="http://portal.test/answer/x/" rel="nofollow">' in page
    assert "<dt>Message-ID</dt>" in page
    assert f'src="/mailbox/{key}/body/" sandbox="allow-top-navigation-by-user-activation"' in page
    assert "unsafe-inline" not in client.get(f"/mailbox/{key}/").headers["Content-Security-Policy"]


def test_the_html_stands_alone_in_a_sandbox(client, maildir):
    html = '<!doctype html><html><head lang="en"><title>x</title></head><body style="color:red">x</body>'
    key = catch(maildir, html=html)
    response = client.get(f"/mailbox/{key}/body/")
    assert response.content.decode() == html.replace(
        '<head lang="en">', '<head lang="en"><base target="_top">'
    )
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-top-navigation-by-user-activation; default-src 'none';")
    assert "style-src 'unsafe-inline'" in policy
    assert "script-src" not in policy
    assert "allow-scripts" not in policy


def test_a_mail_without_html_has_no_frame(client, maildir):
    key = catch(maildir, html="")
    assert "<iframe" not in client.get(f"/mailbox/{key}/").content.decode()
    assert client.get(f"/mailbox/{key}/body/").status_code == 404


@pytest.mark.parametrize(
    "key",
    [
        "..",
        ".",
        "%2e%2e",
        "..%2fsecret",
        "..%2f..%2fsecret",
        "new",
        "%00",
        "link",
        "a" * 300,
        "..\\secret",
        "новое",
    ],
)
def test_a_key_is_no_path(client, maildir, tmp_path, key):
    (tmp_path / "secret").write_text("Subject: x\n\nhidden words")
    (Path(maildir._path) / "new" / "link").symlink_to(tmp_path / "secret")
    for path in (f"/mailbox/{key}/", f"/mailbox/{key}/body/"):
        response = client.get(path)
        assert response.status_code in (301, 404)
        assert b"hidden words" not in response.content


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"\0\xff\xfe not a mail at all",
        b"Subject: =?utf-8?b?!!!?= =?nonsense?q?x?=\nTo: <<>,,;\nDate: yesterday\n\nx",
        b"Subject: =?x-unknown?q?caf=E9?=\nContent-Type: text/html; charset=nonsense\n\n<p>\xe9</p>",
        b"Content-Type: multipart/alternative; boundary=\n\n--\n",
        b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n%%%%",
        b"To: " + b"a@b.c, " * 5000 + b"\n\nx",
    ],
)
def test_rubbish_is_shown_and_breaks_nothing(client, maildir, rubbish):
    (Path(maildir._path) / "new" / "1.rubbish").write_bytes(rubbish)
    catch(maildir)
    assert "Mail 0" in client.get("/mailbox/").content.decode()
    assert "Mail 0" in client.get("/mailbox/", {"to": "person0"}).content.decode()
    assert client.get("/mailbox/1.rubbish/").status_code == 200
    assert client.get("/mailbox/1.rubbish/body/").status_code in (200, 404)


def test_there_is_no_mailbox_where_mail_is_not_caught(client, settings):
    settings.MAIL_CATCHER_DIR = None
    for path in ("/mailbox/", "/mailbox/x/", "/mailbox/x/body/"):
        assert client.get(path).status_code == 404


def test_nothing_is_changed_by_asking(client, maildir):
    assert client.post("/mailbox/").status_code == 405
    assert client.delete(f"/mailbox/{catch(maildir)}/").status_code == 405


def test_what_the_outbox_sends_is_read_from_the_catcher(client, settings, tmp_path):
    settings.MAIL_CATCHER_DIR = tmp_path / "mail"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    listen = ["-n", "-l", f"127.0.0.1:{settings.EMAIL_PORT}", "-c", "aiosmtpd.handlers.Mailbox"]
    catcher = subprocess.Popen([sys.executable, "-m", "aiosmtpd", *listen, str(settings.MAIL_CATCHER_DIR)])
    try:
        wait_until_it_listens(settings.EMAIL_PORT)
        enqueue_mail(
            kind="t",
            dedupe_key="1",
            recipient="ann@example.org",
            subject="Приглашение",
            text="Добрый день.",
            html="<p>Добрый день.</p>",
            now=timezone.now(),
        )
        assert drain(now=timezone.now()).sent == 1
    finally:
        catcher.terminate()
        catcher.wait(timeout=10)
    page = client.get("/mailbox/", {"to": "ann@example.org"}).content.decode()
    assert "Приглашение" in page
    (mail,) = (settings.MAIL_CATCHER_DIR / "new").iterdir()
    assert "Добрый день." in client.get(f"/mailbox/{mail.name}/").content.decode()
    assert "<p>Добрый день.</p>" in client.get(f"/mailbox/{mail.name}/body/").content.decode()
