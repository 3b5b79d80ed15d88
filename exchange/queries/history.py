"""What has been done with a fixture: all of it for the two sides, the outcome alone for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exchange.enums import Actor, FixtureState, Move
from exchange.models import Fixture, FixtureMove

#: What everybody may know of a fixture that is off: when, by which side, how late.
_OFF = {FixtureState.CANCELLED: Move.CANCEL, FixtureState.POSTPONED: Move.POSTPONE}


@dataclass(frozen=True, slots=True)
class Told:
    """`person` is empty for readers of the other side: to them the club speaks, not somebody of it."""

    move: FixtureMove
    person: str


@dataclass(frozen=True, slots=True)
class History:
    #: The move that took it off, for everybody; without the reason, which may be about somebody's health.
    off: FixtureMove | None
    #: For the sides and administrators, the newest first.
    moves: list[Told]


def history_of(fixture: Fixture, actors: Iterable[Actor]) -> History:
    """`actors`: as whom the reader may act (1 query, none for the public of a fixture that is on)."""
    actors = set(actors)
    wanted = _OFF.get(FixtureState(fixture.state))
    if not actors and wanted is None:
        return History(None, [])
    moves = list(fixture.moves.select_related("by").order_by("-pk"))
    off = next((move for move in moves if move.move == wanted), None)
    return History(off, [Told(move, _person(move, actors)) for move in moves] if actors else [])


def _person(move: FixtureMove, actors: set[Actor]) -> str:
    if move.by is None or not ({Actor.ADMINISTRATOR, move.actor} & actors):
        return ""
    return str(move.by)
