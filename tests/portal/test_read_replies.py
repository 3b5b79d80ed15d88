"""`manage.py read_replies`: files and standard input, with exit codes that a mail server understands."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from portal.management.commands import read_replies
from portal.models import InboundMail
from tests.portal.mailroom import came_back, letter
from tests.portal.outbox_rig import write_mail

pytestmark = pytest.mark.django_db


def test_files_are_read_and_each_says_what_became_of_it(tmp_path: Path, capsys, settings):
    settings.REPLY_ADDRESS = "portal@example.org"
    first, second = tmp_path / "bounce.eml", tmp_path / "letter.eml"
    first.write_bytes(came_back(write_mail()))
    second.write_bytes(letter())
    call_command("read_replies", str(first), str(second))
    assert capsys.readouterr().out.splitlines() == [
        f"{first}: done: The address is gone: no mail goes there any more.: person0@example.org: 5.1.1"
        " smtp; 550 5.1.1 <person0@example.org>: Recipient address rejected",
        f"{second}: put aside: No reader knows what this mail is about.",
    ]


def test_a_mail_server_pipes_it_in(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(letter(Subject="Piped"))))
    call_command("read_replies", "-")
    assert InboundMail.objects.get().subject == "Piped"
    assert capsys.readouterr().out.startswith("standard input: put aside")


def test_a_file_that_is_not_there_is_told_before_any_is_read(tmp_path: Path):
    (tmp_path / "there.eml").write_bytes(letter())
    with pytest.raises(CommandError, match=r"gone\.eml cannot be read: No such file") as fault:
        call_command("read_replies", str(tmp_path / "there.eml"), str(tmp_path / "gone.eml"))
    assert fault.value.returncode == 2
    assert not InboundMail.objects.exists()


def test_without_a_database_the_mail_server_shall_keep_it(tmp_path: Path, monkeypatch):
    def away(*_args, **_facts):
        raise OperationalError("connection refused")

    (tmp_path / "a.eml").write_bytes(letter())
    monkeypatch.setattr(read_replies, "store_mail", away)
    with pytest.raises(CommandError, match="was not read: connection refused") as fault:
        call_command("read_replies", str(tmp_path / "a.eml"))
    assert fault.value.returncode == 75
