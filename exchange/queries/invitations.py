"""Invitations with all that a page or a mail shows of them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from exchange.enums import FixtureState, InvitationState, OfferState
from exchange.models import DateOffer, Fixture, Invitation

#: What a line about a fixture shows, loaded with it.
SIDES = ("host__club__university", "guest__club__university", "venue__university", "season")
#: Where the two sides left each other a note.
REQUESTS = ("host_request", "guest_request")


def with_sides(fixtures: QuerySet[Fixture]) -> QuerySet[Fixture]:
    return fixtures.select_related(*SIDES)


def with_facts(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    loaded = (*SIDES, *REQUESTS)
    return invitations.select_related("team__club__university", *(f"fixture__{name}" for name in loaded))


def unanswered(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Those that wait for an answer, the most urgent first."""
    return with_facts(invitations.filter(state=InvitationState.SENT)).order_by("expires_at", "pk")


def overdue_fixtures(now: datetime) -> QuerySet[Fixture]:
    """Proposed fixtures one side of which has let its time run out; not while other dates are on offer."""
    late = Invitation.objects.filter(state=InvitationState.SENT, expires_at__lte=now)
    talking = DateOffer.objects.filter(fixture=OuterRef("pk"), state=OfferState.OPEN, expires_at__gt=now)
    overdue = Fixture.objects.filter(state=FixtureState.PROPOSED, pk__in=late.values("fixture"))
    return overdue.exclude(Exists(talking)).order_by("pk")
