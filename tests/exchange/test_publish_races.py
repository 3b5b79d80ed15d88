"""Somebody changes what a plan rests on while it is published: one of the two waits for the other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from exchange import gateway
from exchange.actions.requests import change_request, withdraw_request
from exchange.actions.runs import UnableToPublish, publish_run
from exchange.actions.teams import save_team
from exchange.actions.venues import save_venue
from exchange.enums import DayUse, RequestState, RunState
from exchange.models import Fixture, FixtureRequest, MatchRun, Team, Venue
from tests.factories import SeasonFactory, UserFactory, VenueFactory

from .life import FIRST_DAY, NOW, ask, verified_run

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'",
        reason="SQLite lets one transaction write at a time (IMMEDIATE): there is nothing to race with",
    ),
]

#: Seconds in which a change that is not held up has long been made.
HELD_UP = 1.0


@pytest.fixture
def run() -> MatchRun:
    """One fixture; its host has a venue with two places."""
    season = SeasonFactory(publishes_itself=False)
    host = ask(season, days={FIRST_DAY: DayUse.HOST})
    ask(season, days={FIRST_DAY: DayUse.TRAVEL})
    Venue.objects.filter(pk=host.team.home_venue_id).update(capacity=2)
    return verified_run(season)


def withdraw(request: FixtureRequest) -> None:
    withdraw_request(request=request, by=UserFactory(), now=NOW)


def lose_the_day(request: FixtureRequest) -> None:
    other = {FIRST_DAY + timedelta(days=7): DayUse.BOTH}
    facts = ("wanted", "min_rest_days", "max_distance_km", "max_rating_gap", "notes")
    wish = {name: getattr(request, name) for name in facts}
    change_request(request=request, days=other, **wish, avoid=(), prefer=(), by=UserFactory(), now=NOW)


def move_home(request: FixtureRequest) -> None:
    team = Team.objects.get(pk=request.team_id)
    team.home_venue = VenueFactory(university=team.club.university)
    save_team(team=team, by=UserFactory())


def shrink_the_venue(request: FixtureRequest) -> None:
    venue = Venue.objects.get(pk=request.team.home_venue_id)
    venue.capacity = 1
    save_venue(venue=venue, now=NOW)


CHANGES = [withdraw, lose_the_day, move_home, shrink_the_venue]


def in_a_thread(act: Callable[[], None], faults: list[Exception]) -> threading.Thread:
    def work() -> None:
        try:
            act()
        except Exception as fault:  # noqa: BLE001 - it is handed to the test
            faults.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_waits_until_the_plan_it_would_break_is_published(run, monkeypatch, change):
    host, faults, waited = run.planned.get().host, [], []
    venue, threads = host.team.home_venue, []
    snapshot = gateway.snapshot

    def change_meanwhile(pool):
        threads.append(in_a_thread(lambda: change(host), faults))
        threads[0].join(timeout=HELD_UP)
        waited.append(threads[0].is_alive())
        return snapshot(pool)

    monkeypatch.setattr(gateway, "snapshot", change_meanwhile)
    publish_run(run=run, by=None, now=NOW)
    threads[0].join(timeout=20)
    assert (waited, faults) == ([True], [])
    fixture = Fixture.objects.get()
    assert (fixture.host_request, fixture.venue) == (host, venue)
    # What stands is kept by the change; a day of it stays.
    assert host.days.filter(date=FIRST_DAY).exists()


@pytest.mark.parametrize("change", [withdraw, lose_the_day])
def test_a_publisher_waits_for_a_change_and_sees_it(run, change):
    host, faults = run.planned.get().host, []
    with transaction.atomic():
        change(host)
        thread = in_a_thread(lambda: publish_run(run=run, by=None, now=NOW), faults)
        thread.join(timeout=HELD_UP)
        assert thread.is_alive()
    thread.join(timeout=20)
    assert [type(fault) for fault in faults] == [UnableToPublish]
    assert MatchRun.objects.get(pk=run.pk).state == RunState.SUPERSEDED
    assert not Fixture.objects.exists()


def test_a_publisher_gives_the_venue_that_a_team_has_moved_to(run):
    host, faults = run.planned.get().host, []
    with transaction.atomic():
        move_home(host)
        thread = in_a_thread(lambda: publish_run(run=run, by=None, now=NOW), faults)
        thread.join(timeout=HELD_UP)
    thread.join(timeout=20)
    assert faults == []
    assert Fixture.objects.get().venue == Team.objects.get(pk=host.team_id).home_venue
    assert FixtureRequest.objects.filter(state=RequestState.OPEN).count() == 2
