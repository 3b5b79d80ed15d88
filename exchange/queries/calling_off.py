from __future__ import annotations

from collections.abc import Iterable

from exchange.enums import SIDES, Actor, FixtureState, InvitationState, Move, rule_of
from exchange.models import Fixture

#: In the order of their buttons.
MOVES = (Move.WITHDRAW, Move.POSTPONE, Move.CANCEL)


def actors_for(fixture: Fixture, move: Move, actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """As whom of `actors` this may be done now. Taking back a yes is for a side that has said it."""
    state = FixtureState(fixture.state)
    allowed = tuple(actor for actor in actors if rule_of(move, actor, state))
    if move != Move.WITHDRAW or not allowed:
        return allowed
    said = fixture.invitations.filter(state=InvitationState.ACCEPTED).values_list("side", flat=True)
    yes = set(said)
    return tuple(actor for actor in allowed if actor not in SIDES or actor in yes)


def moves_for(fixture: Fixture, actors: Iterable[Actor]) -> list[Move]:
    """What a person may call off; buttons stand for these (1 query at most)."""
    actors = tuple(actors)
    return [move for move in MOVES if actors_for(fixture, move, actors)]
