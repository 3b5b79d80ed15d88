"""What blocks and pages of venues show of the exchange; tags return rows, templates choose the words."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils import timezone

from exchange.models import Club, Fixture, FixtureRequest, Venue, VenueIndexPage, VenuePage
from exchange.queries import page_blocks
from exchange.sports_events import activity_location
from portal.models import University
from portal.queries.news import university_of

register = template.Library()

#: The word of portal.blocks.live for what the page is about.
HERE = "here"


def scope_of(context: template.Context, whose: str) -> page_blocks.Scope:
    """The club or the university that the page is about; all where it is about none (at most 1 query)."""
    page = context.get("page")
    if whose != HERE or page is None or page.pk is None:
        return page_blocks.Scope()
    club = getattr(page, "club", None)
    if isinstance(club, Club):
        return page_blocks.Scope(club=club)
    own = getattr(page, "university", None)
    return page_blocks.Scope(university=own if isinstance(own, University) else university_of(page))


@register.simple_tag(takes_context=True)
def block_requests(context: template.Context, whose: str, most: int | None) -> list[FixtureRequest]:
    asked = page_blocks.open_requests(scope_of(context, whose), today=timezone.localdate())
    return list(asked[: most or 5])


@register.simple_tag(takes_context=True)
def block_fixtures(context: template.Context, whose: str, most: int | None) -> list[Fixture]:
    coming = page_blocks.next_fixtures(scope_of(context, whose), today=timezone.localdate())
    return list(coming[: most or 5])


@register.simple_tag(takes_context=True)
def block_results(context: template.Context, whose: str, most: int | None) -> list[Fixture]:
    return list(page_blocks.results(scope_of(context, whose))[: most or 5])


@dataclass(frozen=True, slots=True)
class Places:
    #: Where the map fetches the same from.
    points: str
    listed: list[page_blocks.Place]


@register.simple_tag(takes_context=True)
def block_places(context: template.Context, whose: str) -> Places:
    """Venues of the page's university, or all universities: name, place, and a page where there is one."""
    scope = scope_of(context, whose)
    university = scope.club.university if scope.club else scope.university
    points = reverse("exchange:place_points", args=[university.pk] if university else [])
    return Places(points, page_blocks.places_of(university))


@register.simple_tag
def venues_below(index: VenueIndexPage) -> list[VenuePage]:
    university = university_of(index)
    return list(page_blocks.live_venue_pages(university)) if university else []


@register.simple_tag
def venue_fixtures(venue: Venue, limit: int = 5) -> list[Fixture]:
    coming = page_blocks.next_fixtures(page_blocks.Scope(), today=timezone.localdate())
    return list(coming.filter(venue=venue)[:limit])


@register.simple_tag
def venue_sports(venue: Venue) -> list[str]:
    """Names of the sports of the teams that are at home here."""
    return sorted({str(team.played.name) for team in venue.teams.only("sport")})


@register.simple_tag
def venue_page_of(venue: Venue) -> VenuePage | None:
    return page_blocks.live_venue_page(venue)


@register.inclusion_tag("components/json_ld.html")
def venue_for_search(page: VenuePage) -> dict[str, object]:
    """None of a page in preview that has no address yet."""
    return {"facts": activity_location(page) if page.pk and page.url else None}
