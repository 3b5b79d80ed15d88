"""Every queue has a worker in every set-up, and what beat sends does not pile up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal.celery import app
from portal.demo.services import QUEUES

ROOT = Path(__file__).resolve().parents[1]
#: That of tasks without a route among them.
USED = {app.conf.task_default_queue} | {route["queue"] for route in app.conf.task_routes.values()}


def named_in(text: str) -> list[str]:
    return [queue for queues in re.findall(r"--queues\W+([a-z,]+)", text) for queue in queues.split(",")]


def test_mail_runs_and_sweeps_do_not_share_a_queue():
    assert {"celery", "mail", "matching"} == USED


def test_the_demonstration_serves_every_queue_once():
    assert sorted(queue for queues in QUEUES.values() for queue in queues.split(",")) == sorted(USED)


@pytest.mark.parametrize("file", ["docs/how-to/run-on-servers.md", "tests/journeys/running_portal.py"])
def test_every_set_up_serves_every_queue(file: str):
    assert set(named_in((ROOT / file).read_text())) == USED


@pytest.mark.parametrize("entry", app.conf.beat_schedule.values(), ids=lambda entry: entry["task"])
def test_a_message_of_beat_expires_when_the_next_is_due(entry: dict):
    every = entry["schedule"] if isinstance(entry["schedule"], float) else 24 * 3600
    assert entry["options"]["expires"] == every
