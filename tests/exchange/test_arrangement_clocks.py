"""Before a fixture: packs ten days, the question to the host 48 hours, the word to the guest 24 hours."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from exchange.actions.arrangement_clocks import ask_hosts, send_packs, warn_guests
from exchange.actions.fixtures.arrangements import confirm_arrangements
from exchange.enums import FixtureState
from exchange.models import Arrangements, Fixture
from exchange.tasks import CLOCKS
from portal.models import OutboxMessage

from .arranged import HOST, agreed, ready, say, text

pytestmark = pytest.mark.django_db

#: 15:00 in Minsk on 6 March 2027.
STARTS = datetime(2027, 3, 6, 12, tzinfo=UTC)


@pytest.fixture
def fixture() -> Fixture:
    return agreed()


def told(kind: str) -> list[str]:
    return sorted(OutboxMessage.objects.filter(kind=kind).values_list("recipient", flat=True))


def before(**span: float) -> datetime:
    return STARTS - timedelta(**span)


def test_ten_days_before_both_sides_get_the_pack_once(fixture):
    assert send_packs(now=before(days=10, seconds=1)) == 0
    assert (send_packs(now=before(days=10)), send_packs(now=before(days=9))) == (1, 0)
    assert told("pack") == ["guest@example.org", "host@example.org"]
    mail = text(OutboxMessage.objects.filter(kind="pack").first())
    assert f"/exchange/fixtures/{fixture.pk}/pack/" in mail
    assert f"/exchange/fixtures/{fixture.pk}/pack.pdf" in mail


def test_a_fixture_agreed_on_late_gets_its_pack_in_the_next_sweep(fixture):
    assert send_packs(now=before(days=3)) == 1


def test_a_pack_has_no_attachment_and_no_number(fixture):
    ready(fixture)
    send_packs(now=before(days=10))
    mail = OutboxMessage.objects.filter(kind="pack").first()
    assert b"application/pdf" not in bytes(mail.mime)
    assert "+375 29 123" not in text(mail)
    assert "Main door" in text(mail)


def test_a_change_after_the_pack_says_that_it_is_out_of_date(fixture):
    say(fixture, kick_off=time(16), now=before(days=12))
    send_packs(now=before(days=9))
    say(fixture, kick_off=time(17), now=before(days=5))
    first, second = OutboxMessage.objects.filter(kind="arrangements").order_by("pk")
    assert "out of date" not in text(first)
    newest = f"out of date. The newest is here:\nhttp://portal.test/exchange/fixtures/{fixture.pk}/pack/"
    assert newest in text(second)


def test_the_host_is_asked_48_hours_before_and_the_guest_told_24_hours_before(fixture):
    assert ask_hosts(now=before(hours=48, seconds=1)) == 0
    assert (ask_hosts(now=before(hours=48)), ask_hosts(now=before(hours=40))) == (1, 0)
    assert (told("arrangements_due"), told("arrangements_open")) == (["host@example.org"], [])
    assert warn_guests(now=before(hours=24, seconds=1)) == 0
    assert (warn_guests(now=before(hours=24)), warn_guests(now=before(hours=20))) == (1, 0)
    assert told("arrangements_open") == ["guest@example.org"]


def test_a_host_that_has_confirmed_is_asked_nothing(fixture):
    ready(fixture)
    confirm_arrangements(fixture=fixture, by=HOST, now=before(days=5))
    assert (ask_hosts(now=before(hours=48)), warn_guests(now=before(hours=2))) == (0, 0)


def test_a_change_after_confirming_is_asked_about_anew(fixture):
    ready(fixture)
    ask_hosts(now=before(hours=48))
    confirm_arrangements(fixture=fixture, by=HOST, now=before(hours=47))
    say(fixture, kick_off=time(16), now=before(hours=40))
    assert ask_hosts(now=before(hours=40)) == 1
    assert len(told("arrangements_due")) == 2


def test_the_question_that_has_not_left_yet_ends_with_the_answer(fixture):
    ready(fixture)
    ask_hosts(now=before(hours=48))
    confirm_arrangements(fixture=fixture, by=HOST, now=before(hours=47))
    assert OutboxMessage.objects.get(kind="arrangements_due").state == "cancelled"


def test_a_host_that_was_asked_late_has_two_hours_before_the_guest_is_told(fixture):
    late = before(hours=10)
    for _again in range(3):
        for act in CLOCKS:
            act(now=late)
    assert (told("arrangements_due"), told("arrangements_open")) == (["host@example.org"], [])
    assert len(told("pack")) == 2
    assert warn_guests(now=late + timedelta(minutes=119)) == 0
    assert warn_guests(now=late + timedelta(hours=2)) == 1


def test_what_is_over_or_off_is_left_alone(fixture):
    for now in (STARTS, STARTS + timedelta(days=7)):
        assert (send_packs(now=now), ask_hosts(now=now), warn_guests(now=now)) == (0, 0, 0)
    Fixture.objects.update(state=FixtureState.POSTPONED)
    assert (send_packs(now=before(hours=3)), ask_hosts(now=before(hours=3))) == (0, 0)
    assert not Arrangements.objects.exists()


def test_a_clock_that_is_an_hour_wrong_asks_nobody_twice(fixture):
    ask_hosts(now=before(hours=47))
    assert [ask_hosts(now=before(hours=hours)) for hours in (48, 47, 46)] == [0, 0, 0]
