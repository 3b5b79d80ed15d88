from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from portal import clock

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_the_database_tells_the_time_of_day():
    assert abs(clock.database_now() - timezone.now()) < timedelta(seconds=5)


def test_a_fast_machine_goes_by_the_database(monkeypatch):
    right = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
    monkeypatch.setattr(clock, "database_now", lambda: right)
    with time_machine.travel(right + HOUR, tick=False):
        assert clock.cautious_now() == right


def test_a_fast_database_makes_nothing_early_either(monkeypatch):
    right = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
    monkeypatch.setattr(clock, "database_now", lambda: right + HOUR)
    with time_machine.travel(right, tick=False):
        assert clock.cautious_now() == right


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no clock of its own")
def test_the_database_is_asked_and_not_this_machine():
    with time_machine.travel(timezone.now() + HOUR, tick=False):
        assert timezone.now() - clock.cautious_now() > timedelta(minutes=59)
