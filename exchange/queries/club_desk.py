"""What those see who act for a club."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from exchange.models import Club, FixtureRequest, Membership, Season, Team, Venue


@dataclass(frozen=True, slots=True)
class ClubDesk:
    officers: list[Membership]
    teams: list[Team]
    venues: list[Venue]


def desk_of(club: Club, *, today: date) -> ClubDesk:
    """Officers carry `proven`, teams `asked`: their requests in seasons that are not over (5 queries)."""
    return ClubDesk(list(_officers(club)), list(_teams(club, today)), list(venues_of(club)))


def venues_of(club: Club) -> QuerySet[Venue]:
    return Venue.objects.filter(university=club.university_id)


def _officers(club: Club) -> QuerySet[Membership]:
    proven = EmailAddress.objects.filter(user=OuterRef("user"), verified=True)
    return club.memberships.select_related("user").annotate(proven=Exists(proven)).order_by("since", "pk")


def _teams(club: Club, today: date) -> QuerySet[Team]:
    asked = FixtureRequest.objects.filter(season__in=Season.objects.open_on(today)).select_related("season")
    return (
        club.teams.select_related("home_venue")
        .prefetch_related(
            "contacts", Prefetch("requests", queryset=asked.order_by("season__starts"), to_attr="asked")
        )
        .order_by("name", "pk")
    )
