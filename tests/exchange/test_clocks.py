"""What happens by itself when a time has come: once, however often it is looked."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from exchange.actions.clocks import LASTS, begin_fixtures, end_postponed, remind_invited
from exchange.actions.fixtures import By, postpone_fixture
from exchange.actions.invitations import accept_invitation, decline_invitation, expire_invitations
from exchange.actions.runs import sweep_runs
from exchange.answer_links import BadLink, read_token
from exchange.enums import Actor, AnswerWay, FixtureState, RunState, RunTrigger
from exchange.models import Fixture, Invitation, MatchRun, Season
from exchange.tasks import CLOCKS
from portal.models import OutboxMessage
from tests.factories import FixtureFactory, MembershipFactory, SeasonFactory

from .life import NOW, ask, at_once, verified_run
from .test_life import waiting_links

pytestmark = pytest.mark.django_db

#: Runs take a moment after NOW until their invitations are written.
SILENCE = timedelta(hours=48, minutes=1)


@pytest.fixture
def season():
    return SeasonFactory(publishes_itself=True)


@pytest.fixture
def fixture(season) -> Fixture:
    """Proposed by a real run at NOW; both clubs have been written to."""
    ask(season), ask(season)
    verified_run(season)
    return Fixture.objects.get()


def answer(fixture: Fixture, side: str, act=accept_invitation, **facts) -> None:
    act(invitation=fixture.invitations.get(side=side), by=None, via=AnswerWay.LINK, now=NOW, **facts)


def mails(kind: str) -> int:
    return OutboxMessage.objects.filter(kind=kind).count()


def test_silence_is_told_of_once_after_48_hours(fixture):
    assert remind_invited(now=NOW + timedelta(hours=48)) == 0
    assert remind_invited(now=NOW + SILENCE) == 2
    assert (mails("reminder"), remind_invited(now=NOW + SILENCE + timedelta(hours=1))) == (2, 0)


def test_who_has_answered_is_not_reminded(fixture):
    answer(fixture, "host")
    assert remind_invited(now=NOW + SILENCE) == 1
    reminded = OutboxMessage.objects.get(kind="reminder")
    assert reminded.recipient == fixture.guest.club.memberships.get().user.email


def test_the_link_of_the_reminder_answers_and_the_older_one_does_not(fixture):
    older = waiting_links()
    OutboxMessage.objects.update(state="sent")
    remind_invited(now=NOW + SILENCE)
    OutboxMessage.objects.filter(kind="reminder").update(kind="invitation")
    for token in older:
        with pytest.raises(BadLink, match="newest mail"):
            read_token(token, now=NOW + SILENCE)
    newer = [read_token(token, now=NOW + SILENCE) for token in waiting_links()]
    assert [key.version for key in newer] == [2, 2]


def test_an_invitation_that_has_not_left_is_replaced_by_its_reminder(fixture):
    remind_invited(now=NOW + SILENCE)
    states = OutboxMessage.objects.order_by("kind").values_list("kind", "state")
    assert list(states) == [("invitation", "cancelled")] * 2 + [("reminder", "queued")] * 2


def test_a_week_of_standstill_is_caught_up_without_doubling(fixture):
    late = NOW + timedelta(days=8)
    for _again in range(3):
        for act in CLOCKS:
            act(now=late)
    assert Fixture.objects.get().state == FixtureState.EXPIRED
    assert (mails("reminder"), mails("expired")) == (0, 2)


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_an_hour_wrong_reminds_nobody_twice(fixture, hours):
    remind_invited(now=NOW + SILENCE + timedelta(minutes=5))
    assert remind_invited(now=NOW + SILENCE + timedelta(minutes=6, hours=hours)) == 0
    assert mails("reminder") == 2


def test_no_reminder_where_it_could_not_help(season):
    """Answers are due a day before the day of the fixture begins."""
    late = datetime(2027, 3, 2, 23, tzinfo=UTC)
    ask(season), ask(season)
    verified_run(season, now=late)
    asked = Invitation.objects.filter(fixture__date=date(2027, 3, 6))
    assert set(asked.values_list("remind_at", flat=True)) <= {None}


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_remind_once(fixture):
    counts = at_once(*[lambda: remind_invited(now=NOW + SILENCE)] * 3)
    assert (sum(counts), mails("reminder")) == (2, 2)


def test_a_confirmed_fixture_is_played_when_its_time_is_over(fixture):
    answer(fixture, "host"), answer(fixture, "guest")
    fixture.refresh_from_db()
    assert begin_fixtures(now=fixture.starts_at + LASTS - timedelta(seconds=1)) == 0
    assert begin_fixtures(now=fixture.starts_at + LASTS) == 1
    assert Fixture.objects.get().state == FixtureState.PLAYED
    assert begin_fixtures(now=fixture.starts_at + LASTS) == 0


def test_summer_time_moves_no_kick_off():
    """Berlin leaps to summer time on 28 March 2027; 15:00 there is 14:00 UTC before and 13:00 after."""
    for day, hour in ((date(2027, 3, 27), 14), (date(2027, 3, 28), 13)):
        fixture = FixtureFactory(date=day, kick_off=time(15), time_zone="Europe/Berlin")
        assert fixture.starts_at == datetime.combine(day, time(hour), UTC)


def test_a_postponed_fixture_ends_with_its_season(fixture):
    answer(fixture, "host"), answer(fixture, "guest")
    postpone_fixture(fixture=fixture, by=By(Actor.HOST), reason="Snow.", now=NOW)
    last = datetime(2027, 6, 30, 12, tzinfo=UTC)
    assert (end_postponed(now=last), end_postponed(now=last + timedelta(days=1))) == (0, 1)
    assert Fixture.objects.get().state == FixtureState.CANCELLED
    assert end_postponed(now=last + timedelta(days=2)) == 0


def test_a_decline_starts_a_repair_run_within_a_minute(fixture, season):
    third = ask(season, team__rating=1500)
    answer(fixture, "guest", decline_invitation, reason="")
    assert Season.objects.get().repair_due_at is not None
    sweep_runs(now=NOW)
    assert MatchRun.objects.count() == 1
    sweep_runs(now=NOW + timedelta(seconds=30))
    run = MatchRun.objects.first()
    assert (run.trigger, run.state, Season.objects.get().repair_due_at) == (
        RunTrigger.CHANGE,
        RunState.QUEUED,
        None,
    )
    assert third.season == run.season


def test_a_repair_waits_for_the_run_that_is_on_its_way(fixture, season):
    answer(fixture, "guest", decline_invitation, reason="")
    running = MatchRun.objects.create(season=season, trigger=RunTrigger.BUTTON, created_at=NOW)
    sweep_runs(now=NOW + timedelta(seconds=30))
    assert (MatchRun.objects.count(), Season.objects.get().repair_due_at is None) == (2, False)
    MatchRun.objects.filter(pk=running.pk).update(state=RunState.SUPERSEDED)
    sweep_runs(now=NOW + timedelta(seconds=45))
    assert (MatchRun.objects.count(), Season.objects.get().repair_due_at) == (3, None)


def test_expiry_asks_for_a_repair_too(fixture):
    late = NOW + timedelta(days=8)
    expire_invitations(now=late)
    assert Season.objects.get().repair_due_at == late + timedelta(seconds=20)


def test_the_officers_of_a_reminded_team_read_until_when(fixture):
    MembershipFactory(club=fixture.host.club)
    remind_invited(now=NOW + SILENCE)
    mail = OutboxMessage.objects.filter(kind="reminder").first()
    assert mail.subject.startswith("Still waiting for your answer:")
    assert mails("reminder") == 3
