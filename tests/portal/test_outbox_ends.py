"""Other backends, health, and the command."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.management import CommandError, call_command

from portal.embedded import free_port
from portal.outbox import count_undelivered, drain, enqueue_mail, oldest_age
from portal.outbox.lease import claim
from tests.portal.outbox_rig import NOW, fresh, write_mail, write_mails
from tests.portal.smtp_sink import Answer
from tests.portal.test_settings import python

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
    assert (response.status_code, response.json()["oldest_mail_seconds"]) == (503, 301)
    claim(now=NOW + 5 * MINUTE)
    assert client.get("/healthz").status_code == 503, "a killed sender's mail still waits"
    drain(now=NOW + DAY)
    assert client.get("/healthz").json() == {
        "database": True,
        "oldest_mail_seconds": 0,
        "failed_mails_24h": 0,
        "uncertain_mails_24h": 0,
    }


def test_health_counts_the_mails_of_a_day_that_nobody_will_try_again(client, sink, time_machine):
    time_machine.move_to(NOW, tick=False)
    sink.at_data += [Answer.REFUSED, Answer.OK, Answer.DROP_AFTER]
    write_mails(3, now=NOW - 2 * DAY)
    drain(now=NOW)
    sink.at_data.append(Answer.DROP_AFTER)
    drain(now=NOW + MINUTE)
    enqueue_mail(kind="x", dedupe_key="x", recipient="no address", subject="x", text="x", html="", now=NOW)
    assert undelivered(client) == (200, 2, 1)
    time_machine.shift(DAY)
    assert undelivered(client) == (200, 2, 1)
    time_machine.shift(2 * MINUTE)
    assert undelivered(client) == (200, 0, 0)
    assert count_undelivered() == {"failed": 2, "uncertain": 1}


def undelivered(client) -> tuple[int, int, int]:
    answer = client.get("/healthz")
    return answer.status_code, answer.json()["failed_mails_24h"], answer.json()["uncertain_mails_24h"]


def test_health_says_when_the_database_is_away(tmp_path):
    environment = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "DATABASE_URL": f"postgres://nobody@127.0.0.1:{free_port()}/none",
    }
    asked = python(
        tmp_path,
        environment,
        "-c",
        "import django; django.setup(); from django.test import Client;"
        "answer = Client().get('/healthz'); print(answer.status_code, answer.content.decode())",
    )
    assert asked.stdout == '503 {"database": false}\n', asked.stderr


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
    assert capsys.readouterr().out.splitlines() == [
        "25 claimed, 25 sent, 0 retry, 0 failed, 0 uncertain, 0 rescued",
        "not delivered so far: 0 failed, 0 uncertain",
    ]


def test_the_command_says_how_many_mails_were_never_delivered(sink, capsys, time_machine):
    time_machine.move_to(NOW)
    sink.at_data.append(Answer.REFUSED)
    write_mail()
    drain(now=NOW)
    call_command("drain_outbox")
    assert capsys.readouterr().out.endswith("\nnot delivered so far: 1 failed, 0 uncertain\n")


def test_the_command_says_when_the_server_is_away(settings, time_machine):
    time_machine.move_to(NOW)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    write_mail()
    with pytest.raises(CommandError, match=r"the rest waits in the outbox\. ConnectionRefused"):
        call_command("drain_outbox", until_empty=True)
