"""Mails about how fixtures ended. Each is written in the transaction of the change that it tells of."""

from __future__ import annotations

from datetime import datetime

from exchange.enums import Side
from exchange.models import Fixture, Result
from exchange.notices import tell_sides
from portal.outbox import cancel_mails


def tell_asked(*, fixture: Fixture, now: datetime) -> None:
    tell_sides("result_asked", fixture, (fixture.host, fixture.guest), now)


def tell_entered(*, fixture: Fixture, result: Result, now: datetime) -> None:
    """Told to the side that answers."""
    other = fixture.opponent_of(result.side)
    tell_sides("result", fixture, (other,), now, revision=result.pk, result=result)


def tell_disputed(*, fixture: Fixture, result: Result, now: datetime) -> None:
    """Told to the side that has entered it; whoever disputed it knows."""
    team = fixture.team_of(result.side)
    tell_sides("result_disputed", fixture, (team,), now, revision=result.pk, result=result)


def tell_final(*, fixture: Fixture, result: Result, now: datetime) -> None:
    teams = tuple(fixture.team_of(side) for side in Side)
    tell_sides("result_final", fixture, teams, now, result=result, rated=_rated(fixture))


def _rated(fixture: Fixture) -> bool:
    return fixture.rating_changes.exists()


def withdraw_mails(result: Result) -> int:
    """Stops the question that was not yet sent about an entry that is answered or replaced."""
    return cancel_mails(dedupe_prefix=f"result:{result.fixture_id}:{result.pk}")
