"""The offer of other dates that is open, and who may do what about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from exchange.enums import (
    FIXTURE_COMING,
    SIDES,
    Actor,
    FixtureState,
    InvitationState,
    Move,
    OfferState,
    Side,
    rule_of,
)
from exchange.models import DateOffer, Fixture, Team


@dataclass(frozen=True, slots=True)
class DateDesk:
    #: With its dates loaded.
    offer: DateOffer | None = None
    offers_as: tuple[Actor, ...] = ()
    #: The side that picks, or takes back what it has offered.
    answers_as: Actor | None = None
    withdraws_as: Actor | None = None


def date_desk(fixture: Fixture, actors: Iterable[Actor], *, now: datetime) -> DateDesk:
    """`actors`: as whom the person may move the fixture (2 queries, none for others)."""
    sides = tuple(actor for actor in actors if actor in SIDES)
    if not sides or rule_of(Move.AGREE_DATE, sides[0], FixtureState(fixture.state)) is None:
        return DateDesk()
    offers = fixture.offers.filter(state=OfferState.OPEN, expires_at__gt=now)
    offer = offers.select_related("created_by").prefetch_related("dates__venue").first()
    if offer is None:
        return DateDesk(offers_as=sides if _may_offer(fixture, now) else ())
    other = Actor.GUEST if offer.side == Side.HOST else Actor.HOST
    mine = Actor(offer.side)
    return DateDesk(
        offer=offer,
        offers_as=(mine,) if mine in sides and _may_offer(fixture, now) else (),
        answers_as=other if other in sides else None,
        withdraws_as=mine if mine in sides else None,
    )


def _may_offer(fixture: Fixture, now: datetime) -> bool:
    if fixture.state == FixtureState.CONFIRMED:
        return fixture.starts_at > now
    late = fixture.invitations.filter(state=InvitationState.SENT, expires_at__lte=now)
    return fixture.state == FixtureState.POSTPONED or not late.exists()


def waiting_for(teams: QuerySet[Team], *, now: datetime) -> QuerySet[Fixture]:
    """Fixtures whose other side has offered dates that one of `teams` answers."""
    mine = teams.values("pk")
    asked = DateOffer.objects.filter(fixture=OuterRef("pk"), state=OfferState.OPEN, expires_at__gt=now)
    by_guest, by_host = asked.filter(side=Side.GUEST), asked.filter(side=Side.HOST)
    waits = Q(Exists(by_guest), host__in=mine) | Q(Exists(by_host), guest__in=mine)
    return Fixture.objects.filter(waits, state__in=FIXTURE_COMING).order_by(F("date"), "pk")
