"""How a fixture ended: who says so, who answers, when it stands, and who sees it before."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from exchange.actions.clocks import ask_for_results, begin_fixtures, let_results_stand
from exchange.actions.fixtures import (
    By,
    Entry,
    UnableToMove,
    confirm_result,
    decide_result,
    dispute_result,
    enter_result,
)
from exchange.enums import Actor, FixtureState, ResultKind, ResultState
from exchange.models import Fixture, RatingChange, Result, Team
from portal.models import DigestEntry, OutboxMessage
from tests.factories import FixtureFactory, MembershipFactory

from .life import at_once, kinds

#: Kick-off is on Saturday 6 March 2027 at 12:00 UTC.
KICK_OFF = datetime(2027, 3, 6, 12, tzinfo=UTC)
AFTER = KICK_OFF + timedelta(hours=2)
HOURS_48 = timedelta(hours=48)
HOST, GUEST, ADMINISTRATOR = By(Actor.HOST), By(Actor.GUEST), By(Actor.ADMINISTRATOR)
WON = Entry(ResultKind.PLAYED, 78, 64)

pytestmark = pytest.mark.django_db


@pytest.fixture
def fixture() -> Fixture:
    fixture = FixtureFactory(date=date(2027, 3, 6), kick_off=time(15), state=FixtureState.CONFIRMED)
    for team in (fixture.host, fixture.guest):
        MembershipFactory(club=team.club)
    return fixture


def enter(fixture: Fixture, by: By = HOST, entry: Entry = WON, now: datetime = AFTER) -> Result:
    return enter_result(fixture=fixture, by=by, entry=entry, now=now)


def state(fixture: Fixture) -> str:
    return Fixture.objects.get(pk=fixture.pk).state


def told(kind: str) -> set[str]:
    return set(OutboxMessage.objects.filter(kind=kind).values_list("recipient", flat=True))


def address(fixture: Fixture, side: str) -> str:
    return fixture.team_of(side).club.memberships.get().user.email


def test_the_other_side_is_asked_to_confirm(fixture):
    result = enter(fixture)
    assert (state(fixture), result.side, result.stands_at) == ("entered", "host", AFTER + HOURS_48)
    assert told("result") == {address(fixture, "guest")}
    assert not RatingChange.objects.exists()


def test_a_confirmed_result_is_final_and_moves_both_ratings(fixture):
    confirm_result(result=enter(fixture), by=GUEST, now=AFTER)
    assert (state(fixture), Result.objects.get().state) == ("final", ResultState.STANDS)
    host, guest = Team.objects.get(pk=fixture.host_id), Team.objects.get(pk=fixture.guest_id)
    assert host.rating > 1500 > guest.rating
    assert host.rating - 1500 == pytest.approx(1500 - guest.rating)
    assert RatingChange.objects.get(team=host).after == host.rating
    assert DigestEntry.objects.filter(kind="result_final").count() == 2


def test_confirming_twice_rates_once(fixture):
    result = enter(fixture)
    for _ in range(2):
        confirm_result(result=result, by=GUEST, now=AFTER)
    assert RatingChange.objects.count() == 2


def test_who_has_entered_does_not_answer(fixture):
    result = enter(fixture)
    for answer in (confirm_result, lambda **facts: dispute_result(reason="No.", **facts)):
        with pytest.raises(UnableToMove, match="You have entered this result yourself"):
            answer(result=result, by=HOST, now=AFTER)
    assert state(fixture) == "entered"


def test_a_result_waits_for_the_kick_off(fixture):
    with pytest.raises(UnableToMove, match="has not begun"):
        enter(fixture, now=KICK_OFF - timedelta(seconds=1))
    enter(fixture, now=KICK_OFF)


def test_an_entry_is_corrected_until_the_other_side_answers(fixture):
    first = enter(fixture)
    second = enter(fixture, entry=Entry(ResultKind.PLAYED, 78, 65), now=AFTER + timedelta(hours=1))
    first.refresh_from_db()
    assert (first.state, second.stands_at) == (ResultState.REPLACED, AFTER + HOURS_48 + timedelta(hours=1))
    states = OutboxMessage.objects.filter(kind="result").order_by("pk").values_list("state", flat=True)
    assert list(states) == ["cancelled", "queued"]
    with pytest.raises(UnableToMove, match="Another result has been entered since"):
        confirm_result(result=first, by=GUEST, now=AFTER)
    with pytest.raises(UnableToMove, match="confirm or dispute that one"):
        enter(fixture, by=GUEST)


def test_the_same_entry_again_changes_nothing(fixture):
    assert enter(fixture) == enter(fixture, now=AFTER + timedelta(hours=9))
    assert (Result.objects.count(), fixture.moves.count()) == (1, 1)


def test_a_disputed_result_is_entered_anew_by_either_side(fixture):
    dispute_result(result=enter(fixture), by=GUEST, reason=" It was 64 : 78. ", now=AFTER)
    assert (state(fixture), Result.objects.get().dispute) == ("disputed", "It was 64 : 78.")
    assert told("result_disputed") == {address(fixture, "host")}
    anew = enter(fixture, by=GUEST, entry=Entry(ResultKind.PLAYED, 64, 78))
    confirm_result(result=anew, by=HOST, now=AFTER)
    assert list(Result.objects.values_list("state", flat=True)) == [ResultState.REPLACED, ResultState.STANDS]


def test_a_dispute_says_why_and_comes_in_time(fixture):
    result = enter(fixture)
    with pytest.raises(UnableToMove, match="Write what is wrong"):
        dispute_result(result=result, by=GUEST, reason=" ", now=AFTER)
    with pytest.raises(UnableToMove, match="The time is over"):
        dispute_result(result=result, by=GUEST, reason="No.", now=AFTER + HOURS_48)
    with pytest.raises(UnableToMove, match="The time is over"):
        enter(fixture, entry=Entry(ResultKind.PLAYED, 99, 0), now=AFTER + HOURS_48)


def test_silence_lets_a_result_stand_once(fixture):
    enter(fixture)
    assert let_results_stand(now=AFTER + HOURS_48 - timedelta(seconds=1)) == 0
    assert let_results_stand(now=AFTER + HOURS_48) == 1
    assert let_results_stand(now=AFTER + HOURS_48) == 0
    assert (state(fixture), RatingChange.objects.count()) == ("final", 2)


def test_a_season_says_how_long_a_result_may_be_disputed(fixture):
    fixture.season.result_hours = 6
    fixture.season.save()
    assert enter(fixture).stands_at == AFTER + timedelta(hours=6)


@pytest.mark.parametrize("disputed", [False, True])
def test_an_administrator_decides(fixture, disputed):
    result = enter(fixture)
    if disputed:
        dispute_result(result=result, by=GUEST, reason="No.", now=AFTER)
    decided = decide_result(fixture=fixture, by=ADMINISTRATOR, entry=Entry(ResultKind.ABANDONED), now=AFTER)
    assert (state(fixture), decided.side, decided.state) == ("abandoned", "", ResultState.STANDS)
    for side in (HOST, GUEST):
        with pytest.raises(UnableToMove):
            decide_result(fixture=fixture, by=side, entry=WON, now=AFTER)


@pytest.mark.parametrize(
    ("entry", "ended"),
    [
        (Entry(ResultKind.HOST_ABSENT), "walkover"),
        (Entry(ResultKind.GUEST_ABSENT), "walkover"),
        (Entry(ResultKind.ABANDONED), "abandoned"),
        (Entry(ResultKind.ABANDONED, 20, 18), "abandoned"),
    ],
)
def test_what_was_not_played_to_the_end_moves_no_rating(fixture, entry, ended):
    confirm_result(result=enter(fixture, entry=entry), by=GUEST, now=AFTER)
    assert (state(fixture), RatingChange.objects.count()) == (ended, 0)
    assert set(Team.objects.values_list("rating", flat=True)) == {1500}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (Entry(ResultKind.PLAYED, 3), "scores of both sides"),
        (Entry(ResultKind.GUEST_ABSENT, 20, 0), "A walkover has no scores"),
        (Entry(ResultKind.ABANDONED, 20), "or of neither"),
    ],
)
def test_nonsense_is_refused(fixture, entry, said):
    with pytest.raises(UnableToMove, match=said):
        enter(fixture, entry=entry)
    assert state(fixture) == "confirmed"


def test_both_sides_are_asked_once_how_it_ended(fixture):
    over = KICK_OFF + timedelta(hours=3)
    begin_fixtures(now=over)
    assert ask_for_results(now=over + timedelta(hours=3, seconds=-1)) == 0
    for wrong in (0, 1, -1, 24 * 7):
        ask_for_results(now=over + timedelta(hours=3 + wrong))
    assert told("result_asked") == {address(fixture, "host"), address(fixture, "guest")}
    assert OutboxMessage.objects.filter(kind="result_asked").count() == 2


def test_nobody_is_asked_for_what_is_known(fixture):
    begin_fixtures(now=KICK_OFF + timedelta(hours=3))
    enter(fixture, now=KICK_OFF + timedelta(hours=4))
    assert ask_for_results(now=KICK_OFF + timedelta(days=2)) == 0


@pytest.mark.django_db(transaction=True)
def test_of_a_dispute_and_a_confirmation_one_wins(fixture):
    result = enter(fixture)
    results = at_once(
        lambda: confirm_result(result=result, by=GUEST, now=AFTER),
        lambda: dispute_result(result=result, by=GUEST, reason="No.", now=AFTER),
    )
    assert state(fixture) in ("final", "disputed")
    assert len([kind for kind in kinds(results) if kind.startswith("Unable")]) == 1
    assert RatingChange.objects.count() == (2 if state(fixture) == "final" else 0)
