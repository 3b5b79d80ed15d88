"""What pages of the CMS show of clubs and fixtures; every tag returns rows, templates choose the words."""

from __future__ import annotations

from django import template
from django.db.models import QuerySet
from django.utils import timezone

from exchange.models import Club, ClubIndexPage, ClubPage, Fixture, Team
from exchange.queries import public, reciprocity
from portal.models import University

register = template.Library()


@register.simple_tag
def exchange_figures() -> public.Figures:
    return public.figures()


@register.simple_tag
def next_fixtures(
    *, university: University | None = None, club: Club | None = None, limit: int = 5
) -> QuerySet[Fixture]:
    return public.coming_fixtures(today=timezone.localdate(), university=university, club=club)[:limit]


@register.simple_tag
def latest_results(*, club: Club, limit: int = 5) -> QuerySet[Fixture]:
    return public.latest_results(club=club)[:limit]


@register.simple_tag
def club_visits(club: Club) -> list[reciprocity.Balance]:
    return reciprocity.balances_of(club)


@register.simple_tag
def university_clubs(university: University) -> QuerySet[ClubPage]:
    return public.live_club_pages(university)


@register.simple_tag
def clubs_below(index: ClubIndexPage) -> QuerySet[ClubPage]:
    return public.live_club_pages_below(index)


@register.simple_tag
def club_teams(club: Club) -> QuerySet[Team]:
    return public.teams_of(club)


@register.simple_tag
def open_requests(club: Club) -> int:
    return public.open_requests_of(club, today=timezone.localdate())
