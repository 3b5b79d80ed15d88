"""Results as everybody may see them, and as the two sides do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from exchange.enums import Actor, FixtureState, Move, ResultState, Side, rule_of
from exchange.models import Fixture, Result


@dataclass(frozen=True, slots=True)
class ResultDesk:
    """What one person may see and do about the result of one fixture."""

    #: Public: the one that stands.
    standing: Result | None = None
    #: For the sides and administrators only: all entries, the newest first.
    entries: list[Result] = field(default_factory=list)
    #: The entry that waits; entered or disputed.
    open_one: Result | None = None
    enters_as: tuple[Side, ...] = ()
    #: The side as which the person answers the open entry.
    answers_as: Side | None = None
    #: There is still time to dispute it.
    disputable: bool = False
    decides: bool = False

    @property
    def corrects(self) -> bool:
        """Whether entering replaces the person's own entry."""
        return bool(self.open_one and self.open_one.state == ResultState.ENTERED)


def with_scores(fixtures: QuerySet[Fixture]) -> QuerySet[Fixture]:
    """With `host_score` and `guest_score` of the result that stands: what is only entered is not public."""
    stands = Result.objects.filter(fixture=OuterRef("pk"), state=ResultState.STANDS)
    return fixtures.annotate(
        host_score=Subquery(stands.values("host_score")), guest_score=Subquery(stands.values("guest_score"))
    )


def result_desk(fixture: Fixture, actors: Iterable[Actor], *, now: datetime) -> ResultDesk:
    """`actors`: as whom the person may move the fixture (1 query)."""
    actors = tuple(actors)
    entries = list(fixture.results.select_related("entered_by").order_by("-pk"))
    standing = next((one for one in entries if one.state == ResultState.STANDS), None)
    if not actors:
        return ResultDesk(standing)
    open_states = (ResultState.ENTERED, ResultState.DISPUTED)
    open_one = next((one for one in entries if one.state in open_states), None)
    sides = tuple(Side(actor) for actor in actors if actor in Side.values)
    return ResultDesk(
        standing=standing,
        entries=entries,
        open_one=open_one,
        enters_as=_enter_as(fixture, sides, open_one, now),
        answers_as=_answer_as(sides, open_one),
        disputable=bool(open_one and open_one.stands_at > now),
        decides=Actor.ADMINISTRATOR in actors and _allows(fixture, Move.DECIDE, Actor.ADMINISTRATOR),
    )


def _allows(fixture: Fixture, move: Move, actor: Actor) -> bool:
    return rule_of(move, actor, FixtureState(fixture.state)) is not None


def _enter_as(
    fixture: Fixture, sides: tuple[Side, ...], open_one: Result | None, now: datetime
) -> tuple[Side, ...]:
    if now < fixture.starts_at:
        return ()
    sides = tuple(side for side in sides if _allows(fixture, Move.ENTER_RESULT, Actor(side)))
    if open_one and open_one.state == ResultState.ENTERED:
        return tuple(side for side in sides if side == open_one.side and open_one.stands_at > now)
    return sides


def _answer_as(sides: tuple[Side, ...], open_one: Result | None) -> Side | None:
    if open_one is None or open_one.state != ResultState.ENTERED:
        return None
    return next((side for side in sides if side != open_one.side), None)
