"""Who may do what with a fixture, in which state, and what it becomes: all actors × states × moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import transaction

from exchange.actions import clocks
from exchange.actions.fixtures import (
    By,
    Entry,
    cancel_fixture,
    confirm_result,
    decide_result,
    dispute_result,
    enter_result,
    move_fixture,
    pick_date,
    postpone_fixture,
    withdraw_fixture,
)
from exchange.actions.invitations import accept_invitation, decline_invitation, expire_invitations
from exchange.enums import (
    FIXTURE_MOVES,
    SIDES,
    Actor,
    AnswerWay,
    FixtureState,
    InvitationState,
    Move,
    rule_of,
)
from exchange.models import Fixture, Invitation, Result
from portal.refusal import Refusal
from tests.factories import FixtureFactory, MembershipFactory

pytestmark = pytest.mark.django_db

#: H the host, G the guest, A a portal administrator, C the clock; what is not written may not be.
ALLOWED = """
accept           proposed    HG     confirmed
decline          proposed    HG     declined
withdraw         proposed    HGA    withdrawn
expire           proposed    C      expired
agree-date       proposed    HG     confirmed
agree-date       confirmed   HG     confirmed
agree-date       postponed   HG     confirmed
postpone         confirmed   HGA    postponed
cancel           confirmed   HGA    cancelled
cancel           postponed   HGAC   cancelled
play             confirmed   C      played
enter-result     confirmed   HG     entered
enter-result     played      HG     entered
enter-result     entered     HG     entered
enter-result     disputed    HG     entered
confirm-result   entered     HG     final
dispute-result   entered     HG     disputed
let-stand        entered     C      final
decide           entered     A      final
decide           disputed    A      final
"""
LETTERS = {"H": Actor.HOST, "G": Actor.GUEST, "A": Actor.ADMINISTRATOR, "C": Actor.CLOCK}
TABLE = {
    (Move(move), FixtureState(state), LETTERS[letter]): FixtureState(target)
    for move, state, letters, target in map(str.split, ALLOWED.strip().splitlines())
    for letter in letters
}

#: Half an hour before the kick-off, and when everything that can become due is due.
BEFORE = datetime(2027, 3, 6, 11, 30, tzinfo=UTC)
AFTER = datetime(2027, 9, 1, tzinfo=UTC)
ENDED = (FixtureState.WALKOVER, FixtureState.ABANDONED)


def test_the_table_in_the_code_is_this_one():
    in_code = {
        (move, state, actor)
        for move in Move
        for state in FixtureState
        for actor in Actor
        if rule_of(move, actor, state)
    }
    assert in_code == set(TABLE)


def test_every_state_can_be_reached_and_every_target_is_a_state():
    reached = {target for rule in FIXTURE_MOVES for target in rule.targets}
    assert reached == set(FixtureState)


@pytest.mark.parametrize("state", FixtureState)
@pytest.mark.parametrize("move", Move)
def test_what_is_allowed_happens_and_the_rest_is_refused(move: Move, state: FixtureState):
    fixture = in_state(state)
    for actor in Actor:
        with transaction.atomic():
            assert became(fixture, move, actor) == TABLE.get((move, state, actor), state), actor
            transaction.set_rollback(True)


def became(fixture: Fixture, move: Move, actor: Actor) -> str:
    """The state after the attempt, and that a refusal has left it as it was."""
    prepare(fixture, move, actor)
    before = Fixture.objects.get(pk=fixture.pk).state
    try:
        with transaction.atomic():
            acted = ACTS[move](fixture, actor)
    except Refusal:
        acted = False
    state = Fixture.objects.get(pk=fixture.pk).state
    assert acted is not False or state == before
    return state


def in_state(state: FixtureState) -> Fixture:
    fixture = FixtureFactory(
        date=date(2027, 3, 6),
        kick_off=time(15),
        state=state,
        invited__until=BEFORE + timedelta(hours=1),
    )
    for team in (fixture.host, fixture.guest):
        MembershipFactory(club=team.club)
    return fixture


def other(actor: Actor) -> Actor:
    return Actor.HOST if actor == Actor.GUEST else Actor.GUEST


def prepare(fixture: Fixture, move: Move, actor: Actor) -> None:
    """All that the move needs beside the state: what the other side has said before."""
    invitations = fixture.invitations.all()
    match move:
        case Move.ACCEPT:
            invitations.filter(side=other(actor)).update(state=InvitationState.ACCEPTED)
        case Move.WITHDRAW:
            invitations.filter(side=actor).update(state=InvitationState.ACCEPTED)
        case Move.AGREE_DATE:
            offer = fixture.offers.create(side=other(actor), expires_at=AFTER)
            offer.dates.create(number=1, date=date(2027, 3, 20), kick_off=time(12), venue=fixture.venue)
        case Move.ENTER_RESULT:
            add_result(fixture, side=actor)
        case Move.CONFIRM_RESULT | Move.DISPUTE_RESULT | Move.LET_STAND | Move.DECIDE:
            add_result(fixture, side=other(actor))


def add_result(fixture: Fixture, side: Actor) -> None:
    """The open entry of a fixture whose state says that there is one."""
    if fixture.state in (FixtureState.RESULT_ENTERED, FixtureState.DISPUTED):
        fixture.results.create(
            host_score=70,
            guest_score=64,
            side=side if side in SIDES else "",
            state="entered" if fixture.state == FixtureState.RESULT_ENTERED else "disputed",
            entered_at=BEFORE,
            stands_at=AFTER - timedelta(hours=1),
        )


# -- how each move is made -------------------------------------------------------------------------


def by(actor: Actor) -> By:
    return By(actor)


def answer(fixture: Fixture, actor: Actor, act: Callable[..., Fixture], **facts: object) -> object:
    """Only a side has an invitation to answer."""
    if actor not in SIDES:
        return False
    invitation: Invitation = fixture.invitations.get(side=actor)
    return act(invitation=invitation, by=None, via=AnswerWay.LINK, now=BEFORE, **facts)


def clock(sweep: Callable[..., int], move: Move, target: FixtureState) -> Callable[[Fixture, Actor], object]:
    """What the clock does by its sweep, and anybody else could only try by hand."""

    def act(fixture: Fixture, actor: Actor) -> object:
        if actor == Actor.CLOCK:
            return sweep(now=AFTER) > 0
        return move_fixture(Fixture.objects.get(pk=fixture.pk), move, target, by=by(actor), now=AFTER)

    return act


def on_result(fixture: Fixture, act: Callable[..., object], **facts: object) -> object:
    result: Result | None = fixture.results.last()
    return False if result is None else act(result=result, now=AFTER - timedelta(hours=2), **facts)


def cancel(fixture: Fixture, actor: Actor) -> object:
    if actor == Actor.CLOCK:
        return clocks.end_postponed(now=AFTER) > 0
    return cancel_fixture(fixture=fixture, by=by(actor), reason="Ill.", now=BEFORE)


def agree(fixture: Fixture, actor: Actor) -> object:
    offer = fixture.offers.get()
    return pick_date(
        offer=offer, picked=offer.dates.get(), by=by(actor), now=datetime(2027, 3, 1, tzinfo=UTC)
    )


ENTRY = Entry(host_score=80, guest_score=75)
ACTS: dict[Move, Callable[[Fixture, Actor], object]] = {
    Move.ACCEPT: lambda f, a: answer(f, a, accept_invitation),
    Move.DECLINE: lambda f, a: answer(f, a, decline_invitation, reason=""),
    Move.WITHDRAW: lambda f, a: withdraw_fixture(fixture=f, by=by(a), reason="", now=BEFORE),
    Move.EXPIRE: clock(expire_invitations, Move.EXPIRE, FixtureState.EXPIRED),
    Move.AGREE_DATE: agree,
    Move.POSTPONE: lambda f, a: postpone_fixture(fixture=f, by=by(a), reason="Snow.", now=BEFORE),
    Move.CANCEL: cancel,
    Move.PLAY: clock(clocks.begin_fixtures, Move.PLAY, FixtureState.PLAYED),
    Move.ENTER_RESULT: lambda f, a: enter_result(
        fixture=f, by=by(a), entry=ENTRY, now=AFTER - timedelta(hours=2)
    ),
    Move.CONFIRM_RESULT: lambda f, a: on_result(f, confirm_result, by=by(a)),
    Move.DISPUTE_RESULT: lambda f, a: on_result(f, dispute_result, by=by(a), reason="It was 3:1."),
    Move.LET_STAND: clock(clocks.let_results_stand, Move.LET_STAND, FixtureState.RESULT_CONFIRMED),
    Move.DECIDE: lambda f, a: decide_result(fixture=f, by=by(a), entry=ENTRY, now=AFTER),
}
