"""The database itself refuses double bookings: raw inserts, no model, no action."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, connection, models, transaction

from exchange import referees
from exchange.enums import RunTrigger
from exchange.models import Fixture, MatchRun, Occupancy
from tests.factories import FixtureRequestFactory, SeasonFactory

INSERT = (
    "INSERT INTO exchange_occupancy (fixture_id, resource, starts, ends, active) VALUES (%s, %s, %s, %s, %s)"
)


def march(day: int, hour: int = 0) -> datetime:
    return datetime(2027, 3, day, hour, tzinfo=UTC)


def make_fixture() -> Fixture:
    season = SeasonFactory()
    host, guest = FixtureRequestFactory(), FixtureRequestFactory()
    run = MatchRun.objects.create(season=season, trigger=RunTrigger.BUTTON, state="superseded")
    return Fixture.objects.create(
        season=season, run=run, host=host.team, guest=guest.team, host_request=host, guest_request=guest,
        date=date(2027, 3, 6), time_zone="Europe/Minsk", quality=500, distance_km=10,
    )  # fmt: skip


@pytest.fixture
def book(db):
    def insert(resource: str, starts: object, ends: object, *, active: bool = True) -> int:
        fixture = make_fixture()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(INSERT, [fixture.pk, resource, starts, ends, active])
        return Occupancy.objects.get(fixture=fixture).pk

    return insert


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (march(6), march(7)),
        (march(6, 12), march(7, 12)),
        (march(5, 12), march(6, 1)),
        (march(6, 10), march(6, 11)),
        (march(5), march(8)),
    ],
)
def test_an_overlap_is_refused(book, starts, ends):
    book("team:1", march(6), march(7))
    with pytest.raises(IntegrityError, match=r"no_double_booking|double booking"):
        book("team:1", starts, ends)
    assert Occupancy.objects.count() == 1


def test_one_day_may_follow_another(book):
    book("team:1", march(6), march(7))
    book("team:1", march(7), march(8))
    book("team:1", march(5), march(6))
    assert Occupancy.objects.count() == 3


def test_another_resource_is_free(book):
    book("venue:1:1", march(6), march(7))
    book("venue:1:2", march(6), march(7))
    assert Occupancy.objects.count() == 2


def test_what_is_not_active_takes_nothing(book):
    book("team:1", march(6), march(7), active=False)
    book("team:1", march(6), march(7))
    book("team:1", march(6), march(7), active=False)
    assert Occupancy.objects.filter(active=True).count() == 1


@pytest.mark.parametrize(
    "change",
    [
        "active = %s WHERE resource = 'team:1' AND NOT active",
        "starts = '2027-03-06 12:00:00+00:00', active = %s WHERE resource = 'team:1' AND NOT active",
        "resource = 'team:1', active = %s WHERE resource = 'team:2'",
    ],
)
def test_an_update_into_a_taken_time_is_refused(book, change):
    book("team:1", march(6), march(7))
    book("team:1", march(6), march(7), active=False)
    book("team:2", march(6), march(7))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE exchange_occupancy SET {change}", [True])
    assert Occupancy.objects.filter(resource="team:1", active=True).count() == 1


def test_a_row_is_not_in_its_own_way(book):
    pk = book("team:1", march(6), march(7))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE exchange_occupancy SET ends = %s WHERE id = %s", [march(6, 20), pk])
        cursor.execute("UPDATE exchange_occupancy SET active = %s WHERE id = %s", [False, pk])
        cursor.execute("UPDATE exchange_occupancy SET active = %s WHERE id = %s", [True, pk])
    assert Occupancy.objects.get(pk=pk).ends == march(6, 20)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has real times")
def test_times_are_compared_as_times_whatever_their_writing(book):
    book("team:1", "2027-03-06 00:00:00", "2027-03-07 00:00:00")
    book("team:1", "2027-03-07T00:00:00+00:00", "2027-03-08 00:00:00")
    with pytest.raises(IntegrityError, match="double booking"):
        book("team:1", "2027-03-06T03:00:00+03:00", "2027-03-06T05:00:00+03:00")
    with pytest.raises(IntegrityError, match="can be read"):
        book("team:1", "tomorrow", "uncle")


@pytest.mark.django_db(transaction=True)
def test_the_migration_can_be_undone_and_done_again():
    try:
        call_command("migrate", "exchange", "0003", verbosity=0)
        assert referees.missing(connection) in (
            set(),
            {referees.CONSTRAINT},
        )  # SQLite: put back after migrate
        referees.remove(connection)
    finally:
        call_command("migrate", verbosity=0)
    assert referees.missing(connection) == set()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL alters tables without rebuilding them")
@pytest.mark.django_db(transaction=True)
def test_a_rebuilt_table_gets_its_triggers_back():
    field = Occupancy._meta.get_field("resource")
    wider = models.CharField(max_length=90)
    wider.set_attributes_from_name("resource")
    wider.model = Occupancy
    for before, after in ((field, wider), (wider, field)):
        with connection.schema_editor() as editor:
            editor.alter_field(Occupancy, before, after)
        assert referees.missing(connection) == set(referees.TRIGGERS)
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
        assert referees.missing(connection) == set()


def test_the_guard_is_wired():
    from django.db.models.signals import post_migrate

    assert referees.put_back in post_migrate._live_receivers(apps.get_app_config("exchange"))[0]
