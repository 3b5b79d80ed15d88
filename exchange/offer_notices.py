"""Mails about other dates. Each is written in the transaction of the change that it tells of."""

from __future__ import annotations

from datetime import datetime

from exchange.enums import Side
from exchange.models import DateOffer, Fixture
from exchange.notices import tell_sides
from portal.outbox import cancel_mails


def tell_offered(*, offer: DateOffer, fixture: Fixture, now: datetime) -> None:
    """Told to the side that answers."""
    dates = list(offer.dates.select_related("venue"))
    other = fixture.opponent_of(offer.side)
    tell_sides("offer", fixture, (other,), now, revision=offer.pk, offer=offer, dates=dates)


def tell_none_suits(*, offer: DateOffer, fixture: Fixture, note: str, now: datetime) -> None:
    """Told to the side that has offered: the other one can play on none of the dates, or has not answered."""
    team = fixture.team_of(offer.side)
    tell_sides("offer_answered", fixture, (team,), now, revision=offer.pk, offer=offer, answer=note)


def tell_new_date(*, fixture: Fixture, now: datetime) -> None:
    teams = tuple(fixture.team_of(side) for side in Side)
    tell_sides("new_date", fixture, teams, now, revision=fixture.sequence)


def withdraw_mails(offer: DateOffer) -> int:
    """Stops the question that was not yet sent about an offer that is answered, replaced or taken back."""
    return cancel_mails(dedupe_prefix=f"offer:{offer.fixture_id}:{offer.pk}")
