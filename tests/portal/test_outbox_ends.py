"""Other backends, health, and the command."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.management import CommandError, call_command

from portal.embedded import free_port
from portal.outbox import drain, oldest_age
from portal.outbox.lease import claim
from tests.portal.outbox_rig import NOW, fresh, write_mail, write_mails
from tests.portal.smtp_sink import Answer

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


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
