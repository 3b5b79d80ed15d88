"""Arrangements as the two sides see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exchange.arranging import ARRANGED, VISITED, lacking
from exchange.enums import Actor, FixtureState, Side
from exchange.models import Arrangements, Fixture


@dataclass(frozen=True, slots=True)
class ArrangementDesk:
    """What one person, acting for a side, sees and may do."""

    row: Arrangements
    #: Sides whose part the person may change.
    edits: tuple[Side, ...]
    #: Acts for the host, who has not confirmed yet.
    confirms: bool
    #: What the host must say before.
    lacks: list[str]
    has_pack: bool


def arrangements_in(fixture: Fixture) -> Arrangements:
    """Unsaved where nobody has said anything (1 query)."""
    return Arrangements.objects.filter(fixture=fixture).first() or Arrangements(fixture=fixture)


def arrangement_desk(fixture: Fixture, actors: Iterable[Actor]) -> ArrangementDesk | None:
    """None for everybody else, and once the result stands (1 query)."""
    actors = tuple(actors)
    if not actors or fixture.state not in ARRANGED:
        return None
    row = arrangements_in(fixture)
    is_open = fixture.state == FixtureState.CONFIRMED
    edits = tuple(side for side in Side if acts_as(actors, side)) if is_open else ()
    return ArrangementDesk(
        row=row,
        edits=edits,
        confirms=Side.HOST in edits and row.confirmed_at is None,
        lacks=lacking(fixture, row),
        has_pack=fixture.state in VISITED,
    )


def acts_as(actors: Iterable[Actor], side: Side) -> Actor | None:
    """As whom the person changes that side's part; as the side itself rather than as an administrator."""
    actors = tuple(actors)
    if Actor(side) in actors:
        return Actor(side)
    return Actor.ADMINISTRATOR if Actor.ADMINISTRATOR in actors else None
