"""Taking back, putting off, calling off: what becomes free, who is told, what the history keeps."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from exchange import gateway
from exchange.actions.fixtures import By, UnableToMove, cancel_fixture, postpone_fixture, withdraw_fixture
from exchange.actions.invitations import accept_invitation
from exchange.enums import Actor, AnswerWay, FixtureState, InvitationState
from exchange.models import Fixture, FixtureMove, ForbiddenPair
from portal.models import OutboxMessage, User
from tests.factories import FixtureFactory, MembershipFactory

from .life import at_once, kinds

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def fixture() -> Fixture:
    """On Saturday 6 March 2027, 15:00 in Minsk (12:00 UTC); the officers answer with `by`."""
    fixture = FixtureFactory(
        date=date(2027, 3, 6),
        kick_off=time(15),
        invited__until=NOW + timedelta(days=7),
        created_at=NOW,
        moved_at=NOW,
    )
    for team in (fixture.host, fixture.guest):
        MembershipFactory(club=team.club)
    return fixture


def officer(fixture: Fixture, side: str) -> User:
    return fixture.team_of(side).club.memberships.get().user


def by(fixture: Fixture, side: str) -> By:
    return By(Actor(side), officer(fixture, side))


def accept(fixture: Fixture, *sides: str) -> None:
    for side in sides:
        accept_invitation(
            invitation=fixture.invitations.get(side=side),
            by=officer(fixture, side),
            via=AnswerWay.PORTAL,
            now=NOW,
        )


def held(fixture: Fixture) -> int:
    return fixture.occupancies.filter(active=True).count()


def told(kind: str) -> set[str]:
    return set(OutboxMessage.objects.filter(kind=kind).values_list("recipient", flat=True))


def last_move(fixture: Fixture) -> tuple[str, str, str, int, str]:
    return (
        FixtureMove.objects.filter(fixture=fixture)
        .values_list("move", "target", "actor", "hours_before", "note")
        .last()
    )


def test_a_kick_off_is_a_moment_in_the_zone_of_the_venue(fixture):
    assert fixture.starts_at == datetime(2027, 3, 6, 12, tzinfo=UTC)


def test_a_confirmed_fixture_is_cancelled_by_whom_why_and_how_late(fixture):
    accept(fixture, "host", "guest")
    late = datetime(2027, 3, 5, 6, 30, tzinfo=UTC)
    cancel_fixture(fixture=fixture, by=by(fixture, "guest"), reason=" Our bus broke down. ", now=late)
    fixture.refresh_from_db()
    assert (fixture.state, fixture.sequence, held(fixture)) == (FixtureState.CANCELLED, 1, 0)
    assert last_move(fixture) == ("cancel", "cancelled", "guest", 29, "Our bus broke down.")
    assert FixtureMove.objects.last().by == officer(fixture, "guest")
    assert set(fixture.invitations.values_list("state", flat=True)) == {InvitationState.WITHDRAWN}
    assert told("cancelled") == {officer(fixture, "host").email, officer(fixture, "guest").email}
    assert ForbiddenPair.objects.count() == 1
    fixture.season.refresh_from_db()
    assert late < fixture.season.repair_due_at < late + timedelta(minutes=1)


def test_cancelling_again_changes_nothing(fixture):
    accept(fixture, "host", "guest")
    for reason in ("ill", "very ill"):
        cancel_fixture(fixture=fixture, by=by(fixture, "host"), reason=reason, now=NOW)
    assert [move.note for move in fixture.moves.filter(move="cancel")] == ["ill"]
    assert len(told("cancelled")) == OutboxMessage.objects.filter(kind="cancelled").count() == 2


def test_who_cancels_says_why(fixture):
    accept(fixture, "host", "guest")
    with pytest.raises(UnableToMove, match="Write why you cancel"):
        cancel_fixture(fixture=fixture, by=by(fixture, "host"), reason="  ", now=NOW)
    assert Fixture.objects.get().state == FixtureState.CONFIRMED


def test_a_postponed_fixture_frees_its_day_and_binds_the_pair(fixture):
    accept(fixture, "host", "guest")
    postpone_fixture(fixture=fixture, by=by(fixture, "host"), reason="The hall is flooded.", now=NOW)
    fixture.refresh_from_db()
    assert (fixture.state, fixture.sequence, held(fixture)) == (FixtureState.POSTPONED, 1, 0)
    assert told("postponed") == {officer(fixture, "host").email, officer(fixture, "guest").email}
    assert not ForbiddenPair.objects.exists()
    # Both asked for one fixture, which they have, on a day still to be found.
    assert gateway.load_pool(fixture.season, now=NOW).requests == ()
    fixture.host_request.wanted = fixture.guest_request.wanted = 2
    fixture.host_request.save(), fixture.guest_request.save()
    pool = gateway.load_pool(fixture.season, now=NOW)
    assert [(request.wanted, len(request.host_dates)) for request in pool.requests] == [(1, 3), (1, 3)]
    assert pool.forbidden == {frozenset((str(fixture.host_request_id), str(fixture.guest_request_id)))}


def test_an_acceptance_is_taken_back_before_the_other_side_answers(fixture):
    accept(fixture, "host")
    withdraw_fixture(fixture=fixture, by=by(fixture, "host"), reason="", now=NOW)
    fixture.refresh_from_db()
    assert (fixture.state, fixture.sequence, held(fixture)) == (FixtureState.WITHDRAWN, 1, 0)
    assert set(fixture.invitations.values_list("state", flat=True)) == {InvitationState.WITHDRAWN}
    assert told("withdrawn") == {officer(fixture, "host").email, officer(fixture, "guest").email}
    assert ForbiddenPair.objects.count() == 1


def test_who_has_not_accepted_declines_instead(fixture):
    accept(fixture, "host")
    with pytest.raises(UnableToMove, match="decline the invitation instead"):
        withdraw_fixture(fixture=fixture, by=by(fixture, "guest"), reason="", now=NOW)
    withdraw_fixture(fixture=fixture, by=By(Actor.ADMINISTRATOR), reason="Entered twice.", now=NOW)
    assert Fixture.objects.get().state == FixtureState.WITHDRAWN


@pytest.mark.django_db(transaction=True)
def test_of_a_withdrawal_and_the_second_acceptance_one_wins(fixture):
    accept(fixture, "host")
    results = at_once(
        lambda: withdraw_fixture(fixture=fixture, by=by(fixture, "host"), reason="", now=NOW),
        lambda: accept(fixture, "guest"),
    )
    state = Fixture.objects.get().state
    assert state in (FixtureState.WITHDRAWN, FixtureState.CONFIRMED)
    # Who confirms first leaves nothing to withdraw; who withdraws first leaves nothing to accept.
    assert len([kind for kind in kinds(results) if kind.startswith("Unable")]) == 1
    assert held(fixture) == (3 if state == FixtureState.CONFIRMED else 0)
