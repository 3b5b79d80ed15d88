"""Publishing: everything in one transaction, or nothing at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, connections, transaction

from exchange import gateway, notices, words
from exchange.actions import runs
from exchange.actions.runs import UnableToPublish, publish_run, sweep_runs
from exchange.actions.runs import fixtures as writing
from exchange.answer_links import hash_nonce
from exchange.enums import FixtureState, RequestState, RunState, RunTrigger
from exchange.models import Fixture, FixtureRequest, Invitation, MatchRun, Occupancy, Season
from portal.enums import UniversityRole
from portal.models import OutboxMessage, UniversityGroup
from tests.factories import (
    FixtureFactory,
    FixtureRequestFactory,
    MatchRunFactory,
    SeasonFactory,
    TeamFactory,
    UserFactory,
    VenueFactory,
)

from .life import FIRST_DAY, NOW, ask, ask_many, at_once, kinds, verified_run

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    return SeasonFactory(publishes_itself=False)


@pytest.fixture
def run(season):
    ask_many(season, 2)
    return verified_run(season)


def publish(run: MatchRun, now: datetime = NOW) -> MatchRun:
    return publish_run(run=run, by=None, now=now)


def nothing_is_published() -> bool:
    rows = (Fixture, Occupancy, Invitation, OutboxMessage, MatchRun.objects.filter(state=RunState.PUBLISHED))
    return not any((row if hasattr(row, "exists") else row.objects).exists() for row in rows)


# -- what is written -------------------------------------------------------------------------------


def test_a_published_plan_becomes_fixtures_occupancies_invitations_and_mails(run, season):
    planned = run.planned.get()
    assert publish(run).state == RunState.PUBLISHED
    season.refresh_from_db()
    assert season.published_run == run

    fixture = Fixture.objects.get()
    host, guest = planned.host.team, planned.guest.team
    assert (fixture.host, fixture.guest, fixture.host_request, fixture.guest_request) == (
        host, guest, planned.host, planned.guest,
    )  # fmt: skip
    assert (fixture.state, fixture.date, fixture.venue) == ("proposed", FIRST_DAY, host.home_venue)
    assert (fixture.quality, fixture.terms, fixture.distance_km) == (planned.quality, planned.terms, 0)
    assert (str(fixture.time_zone), fixture.created_at) == ("Europe/Minsk", NOW)

    day = datetime(2027, 3, 6, tzinfo=UTC)
    assert set(Occupancy.objects.values_list("fixture", "resource", "starts", "ends", "active")) == {
        (fixture.pk, resource, day, day + timedelta(days=1), True)
        for resource in (f"team:{host.pk}", f"team:{guest.pk}", f"venue:{host.home_venue_id}:1")
    }
    assert set(fixture.invitations.values_list("team", "side", "state", "version", "expires_at")) == {
        (host.pk, "host", "sent", 1, NOW + timedelta(days=7)),
        (guest.pk, "guest", "sent", 1, NOW + timedelta(days=7)),
    }
    officers = {team.club.memberships.get().user.email for team in (host, guest)}
    assert {mail.recipient for mail in OutboxMessage.objects.all()} == officers


def test_fixtures_that_stood_before_are_not_written_again(run, season):
    publish(run)
    ask_many(season, 2)
    second = verified_run(season, now=NOW + timedelta(hours=1))
    publish(second, NOW + timedelta(hours=1))
    assert list(second.planned.order_by("pk").values_list("fixed", flat=True)).count(True) == 1
    assert [fixture.run_id for fixture in Fixture.objects.order_by("pk")] == [run.pk, second.pk]
    run.refresh_from_db()
    assert run.state == RunState.SUPERSEDED
    assert Season.objects.get().published_run == second


def test_an_invitation_is_answered_a_day_before_the_fixture_at_the_latest(season):
    season.answer_days = 60
    season.save()
    ask_many(season, 2)
    publish(verified_run(season))
    # Midnight of 5 March in Minsk, three hours east of Greenwich.
    assert {row.expires_at for row in Invitation.objects.all()} == {datetime(2027, 3, 4, 21, tzinfo=UTC)}


def test_nonces_are_kept_as_hashes_and_differ(season):
    ask_many(season, 4)
    seen = []
    new_nonce = writing.new_nonce
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "new_nonce", lambda: seen.append(new_nonce()) or seen[-1])
        publish(verified_run(season))
    assert set(Invitation.objects.values_list("nonce_hash", flat=True)) == set(map(hash_nonce, seen))
    assert len(set(seen)) == 4


def test_places_of_a_venue_are_given_from_the_lowest(season):
    venue = VenueFactory(capacity=3)
    club = TeamFactory(club__university=venue.university).club
    other = SeasonFactory(name="Cup")
    elsewhere = FixtureRequestFactory(season=other, team=TeamFactory(club=club, home_venue=venue))
    FixtureFactory(season=other, host_request=elsewhere, date=FIRST_DAY, held=2)
    for _ in range(2):
        ask(season, team=TeamFactory(club=club, home_venue=venue), days={FIRST_DAY: "host"})
        ask(season, days={FIRST_DAY: "travel"})
    publish(verified_run(season))
    places = Occupancy.objects.filter(resource__startswith=f"venue:{venue.pk}:")
    assert sorted(places.values_list("resource", flat=True)) == [f"venue:{venue.pk}:{n}" for n in (1, 2, 3)]


def test_a_team_without_a_venue_takes_only_teams(season):
    for _ in range(2):
        ask(season, team__home_venue=None)
    publish(verified_run(season))
    assert Fixture.objects.get().venue is None
    assert Occupancy.objects.filter(resource__startswith="venue").count() == 0


# -- who is written to -----------------------------------------------------------------------------


def test_every_officer_with_a_confirmed_address_is_asked(run):
    team = run.planned.get().host.team
    second, unproven, gone = UserFactory(), UserFactory(), UserFactory(is_active=False)
    unproven.emailaddress_set.update(verified=False)
    for person in (second, unproven, gone):
        team.club.memberships.create(user=person)
    publish(run)
    recipients = set(OutboxMessage.objects.values_list("recipient", flat=True))
    assert second.email in recipients
    assert not {unproven.email, gone.email} & recipients
    assert len(recipients) == 3


def test_coordinators_are_asked_where_a_club_has_no_officer(run):
    team = run.planned.get().host.team
    team.club.memberships.all().delete()
    group = Group.objects.create(name="coordinators")
    university = team.club.university
    UniversityGroup.objects.create(university=university, role=UniversityRole.COORDINATOR, group=group)
    coordinator, closed = UserFactory(), UserFactory(is_active=False)
    group.user_set.add(coordinator, closed)
    publish(run)
    keys = OutboxMessage.objects.filter(recipient=coordinator.email).values_list("dedupe_key", flat=True)
    assert list(keys) == [f"invitation:{team.invitations.get().pk}:1:{coordinator.pk}"]
    assert not OutboxMessage.objects.filter(recipient=closed.email).exists()


def test_nobody_to_ask_is_no_fault(run, caplog):
    run.planned.get().host.team.club.memberships.all().delete()
    publish(run)
    assert OutboxMessage.objects.count() == 1
    assert "nobody can be told" in caplog.text


# -- who may not publish what ----------------------------------------------------------------------


@pytest.mark.parametrize("state", sorted(set(RunState) - {RunState.VERIFIED, RunState.PUBLISHED}))
def test_only_a_verified_run_is_published(season, state):
    run = MatchRunFactory(season=season, state=state)
    with pytest.raises(UnableToPublish, match="cannot be published"):
        publish(run)
    assert nothing_is_published()


def test_publishing_again_changes_nothing(run):
    publish(run)
    before = [
        list(table.objects.order_by("pk").values())
        for table in (Fixture, Invitation, OutboxMessage, Occupancy)
    ]
    assert publish(run, NOW + timedelta(hours=1)).state == RunState.PUBLISHED
    assert before == [
        list(table.objects.order_by("pk").values())
        for table in (Fixture, Invitation, OutboxMessage, Occupancy)
    ]


def test_an_older_run_that_waits_for_approval_is_over(run, season):
    newer = verified_run(season, now=NOW + timedelta(minutes=1))
    publish(newer, NOW + timedelta(minutes=1))
    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.SUPERSEDED, words.RENEWED)


# -- whether the snapshot still holds --------------------------------------------------------------


def test_where_nothing_changed_no_rule_is_asked_again(run, monkeypatch):
    monkeypatch.setattr(gateway, "objections", lambda *told: pytest.fail("asked"))
    publish(run)


def test_a_change_that_does_not_touch_the_plan_does_not_stop_it(run, season):
    ask(season, team__sport="HBL")
    publish(run)
    assert Fixture.objects.count() == 1


def overtake(request: FixtureRequest, how: str) -> None:
    if how == "withdrawn":
        FixtureRequest.objects.filter(pk=request.pk).update(state=RequestState.WITHDRAWN)
    elif how == "the day is gone":
        request.days.all().delete()
    elif how == "played elsewhere":
        FixtureFactory(season=SeasonFactory(name="Cup"), host_request__team=request.team, date=FIRST_DAY)
    elif how == "venue taken":
        for team in (row.team for row in FixtureRequest.objects.filter(season=request.season)):
            other = FixtureRequestFactory(
                season=SeasonFactory(name="Cup"),
                team=TeamFactory(club=team.club, home_venue=team.home_venue),
            )
            FixtureFactory(season=other.season, host_request=other, date=FIRST_DAY)


@pytest.mark.parametrize("how", ["withdrawn", "the day is gone", "played elsewhere", "venue taken"])
def test_a_plan_that_is_not_possible_any_more_is_superseded_and_another_run_follows(run, season, how):
    ask_many(season, 1)
    overtake(run.planned.get().host, how)
    stood = Fixture.objects.count()
    with pytest.raises(UnableToPublish, match="not possible any more"):
        publish(run)
    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.SUPERSEDED, words.OVERTAKEN)
    assert Fixture.objects.count() == stood
    follower = MatchRun.objects.get(state=RunState.QUEUED)
    assert (follower.trigger, follower.season) == (RunTrigger.CHANGE, season)


def test_a_follower_has_no_follower(run, season):
    MatchRun.objects.filter(pk=run.pk).update(trigger=RunTrigger.CHANGE)
    overtake(run.planned.get().host, "withdrawn")
    with pytest.raises(UnableToPublish):
        publish(run)
    assert not MatchRun.objects.filter(state=RunState.QUEUED).exists()


def test_a_plan_that_waited_too_long_is_not_sent(season):
    ask_many(season, 2)
    run = verified_run(season)
    late = datetime(2027, 3, 4, 12, tzinfo=UTC)
    assert gateway.earliest_day(late) > FIRST_DAY
    publish(run, late - timedelta(days=1))
    Fixture.objects.all().delete()
    MatchRun.objects.filter(pk=run.pk).update(state=RunState.VERIFIED)
    with pytest.raises(UnableToPublish):
        publish(run, late + timedelta(days=1))


@pytest.mark.parametrize(("hour", "holds"), [(5, True), (7, False)])
def test_no_invitation_is_sent_that_leaves_no_time_to_answer(season, hour, holds):
    """6 March begins in Vladivostok at 14:00 UTC on the 5th: answers end a day before, eight hours on."""
    for request in ask_many(season, 2):
        type(request.team.club.university).objects.filter(pk=request.team.club.university_id).update(
            time_zone="Asia/Vladivostok"
        )
    run = verified_run(season)
    now = datetime(2027, 3, 4, hour, tzinfo=UTC)
    if holds:
        publish(run, now)
        assert {row.expires_at for row in Invitation.objects.all()} == {datetime(2027, 3, 4, 14, tzinfo=UTC)}
    else:
        with pytest.raises(UnableToPublish, match="not possible any more"):
            publish(run, now)
        assert nothing_is_published()


# -- conflicts and faults --------------------------------------------------------------------------


def test_a_double_booking_rolls_everything_back_and_says_so(run, monkeypatch):
    """The pool is lied to, so that only the database's referee stands in the way."""
    team = run.planned.get().guest.team
    FixtureFactory(season=SeasonFactory(name="Cup"), host_request__team=team, date=FIRST_DAY)
    monkeypatch.setattr(gateway, "objections", lambda *told: [])
    with pytest.raises(UnableToPublish, match="was taken in the meantime"):
        publish(run)
    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.FAILED, words.CLASHED)
    assert Fixture.objects.filter(season=run.season).count() == 0
    assert not OutboxMessage.objects.exists()


def test_a_full_venue_rolls_everything_back_and_says_so(run, monkeypatch):
    overtake(run.planned.get().host, "venue taken")
    monkeypatch.setattr(gateway, "objections", lambda *told: [])
    with pytest.raises(UnableToPublish, match="was taken in the meantime"):
        publish(run)
    assert Fixture.objects.filter(season=run.season).count() == 0


class Dying:
    """Counts the statements of a publication, and does `act` when the `last` one is done."""

    def __init__(self, last: int = 0, act: Callable[[], None] | None = None) -> None:
        self.done, self.last, self.act = 0, last, act

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.split(maxsplit=1)[0] in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            self.done += 1
            if self.act and self.done == self.last:
                self.act()
        return result


class Boom(Exception):
    pass


def boom() -> None:
    raise Boom


def statements_of(run: MatchRun) -> int:
    """How many statements the publishing transaction takes; nothing of it stays."""
    counter = Dying()
    with transaction.atomic():
        with connection.execute_wrapper(counter):
            publish(run)
        transaction.set_rollback(True)
    # The last one reads the run again, when everything is committed.
    return counter.done - 1


def test_a_fault_after_any_statement_leaves_nothing(season):
    ask_many(season, 4)
    run = verified_run(season)
    points = statements_of(run)
    assert points > 20
    for last in range(1, points + 1):
        with connection.execute_wrapper(Dying(last, boom)), pytest.raises(Boom):
            publish(run)
        assert nothing_is_published()
        run.refresh_from_db()
        season.refresh_from_db()
        assert (run.state, season.published_run) == (RunState.VERIFIED, None)
    publish(run)
    assert (Fixture.objects.count(), Invitation.objects.count(), OutboxMessage.objects.count()) == (2, 4, 4)


def test_the_sweep_tries_again_what_a_fault_has_stopped(season, monkeypatch, caplog):
    season.publishes_itself = True
    season.save()
    ask_many(season, 2)
    with monkeypatch.context() as patch:
        patch.setattr(notices, "notify", lambda **told: boom())
        with pytest.raises(Boom):
            verified_run(season)
        sweep_runs(now=NOW)
    assert "could not be swept" in caplog.text
    assert MatchRun.objects.get().state == RunState.VERIFIED
    sweep_runs(now=NOW)
    assert MatchRun.objects.get().state == RunState.PUBLISHED


def test_a_referees_word_is_heard_as_integrity_error(run, monkeypatch):
    def refuse(*told, **facts):
        raise IntegrityError("double booking")

    monkeypatch.setattr(runs.publish, "add_fixtures", refuse)
    with pytest.raises(UnableToPublish):
        publish(run)


def test_hundreds_of_fixtures_need_few_queries_beside_their_mails(season, django_assert_max_num_queries):
    ask_many(season, 60)
    run = verified_run(season)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notices, "notify", lambda **facts: None)
        with django_assert_max_num_queries(40):
            publish(run)
    assert Fixture.objects.count() == 30


# -- races and deaths ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_publishers_at_once_publish_one_set():
    season = SeasonFactory(publishes_itself=False)
    ask_many(season, 6)
    run = verified_run(season)
    results = at_once(*[lambda: publish(run)] * 4)
    assert kinds(results) == ["MatchRun"] * 4
    assert (Fixture.objects.count(), Invitation.objects.count(), OutboxMessage.objects.count()) == (3, 6, 6)


@pytest.mark.django_db(transaction=True)
def test_two_runs_published_at_once_leave_one_that_holds():
    season = SeasonFactory(publishes_itself=False)
    ask_many(season, 4)
    first, second = verified_run(season), verified_run(season)
    results = at_once(lambda: publish(first), lambda: publish(second))
    assert kinds(results) == ["MatchRun", "UnableToPublish"]
    assert Fixture.objects.count() == 2
    assert MatchRun.objects.filter(state=RunState.PUBLISHED).count() == 1


KILLED = """
import os, django
django.setup()
from django.db import connection
from exchange.actions.runs import publish_run
from exchange.models import MatchRun
from tests.exchange.test_publish import NOW, Dying
run = MatchRun.objects.get(pk={run})
connection.execute_wrappers.append(Dying({last}, lambda: os._exit(9)))
publish_run(run=run, by=None, now=NOW)
"""


@pytest.mark.django_db(transaction=True)
def test_a_publisher_killed_half_way_leaves_nothing():
    season = SeasonFactory(publishes_itself=False)
    ask_many(season, 4)
    run = verified_run(season)
    points = statements_of(run)
    for last in (points // 2, points):
        connections.close_all()
        assert killed(KILLED.format(last=last, run=run.pk)) == 9
        assert nothing_is_published()
    publish(run)
    assert Fixture.objects.filter(state=FixtureState.PROPOSED).count() == 2


def killed(script: str) -> int:
    """How another process on the same database ended."""
    facts = {**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    return subprocess.run([sys.executable, "-c", script], env=facts, cwd=ROOT).returncode


def database_url() -> str:
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(
        **facts | {"PORT": facts["PORT"] or 5432}
    )
