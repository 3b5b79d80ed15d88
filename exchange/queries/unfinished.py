"""Fixtures whose result is somebody's to enter or to confirm."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from exchange.enums import FixtureState, ResultState, Side
from exchange.models import Fixture, Result, Team


def results_to_enter(teams: QuerySet[Team]) -> QuerySet[Fixture]:
    """Of `teams`, the oldest first: played without a result, disputed, or entered by the other side."""
    mine = teams.values("pk")
    entered = Result.objects.filter(fixture=OuterRef("pk"), state=ResultState.ENTERED)
    theirs = Q(host__in=mine) & Exists(entered.filter(side=Side.GUEST)) | Q(guest__in=mine) & Exists(
        entered.filter(side=Side.HOST)
    )
    nobody = Q(state__in=(FixtureState.PLAYED, FixtureState.DISPUTED))
    return Fixture.objects.filter(
        Q(host__in=mine) | Q(guest__in=mine), nobody | Q(state=FixtureState.RESULT_ENTERED) & theirs
    ).order_by("date", "pk")
