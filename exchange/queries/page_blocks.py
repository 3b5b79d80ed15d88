"""What blocks on pages show: of one club, of one university, or of all. Public things only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from exchange.enums import FIXTURE_BEGUN, RequestState
from exchange.models import Club, ClubPage, Fixture, FixtureRequest, Venue, VenuePage
from portal.models import University, UniversityPage
from portal.models.spoken import in_one_language
from portal.queries.universities import live_university_pages

from .invitations import with_sides
from .public import coming_fixtures
from .results import with_scores


@dataclass(frozen=True, slots=True)
class Scope:
    """Neither of the two means all."""

    club: Club | None = None
    university: University | None = None


def open_requests(scope: Scope, *, today: date) -> QuerySet[FixtureRequest]:
    """Open ones of clubs that have a live page, the newest first; what officers wrote stays unread."""
    asked = FixtureRequest.objects.filter(
        state=RequestState.OPEN,
        season__ends__gte=today,
        team__club__in=ClubPage.objects.live().values("club"),
    )
    if scope.club is not None:
        asked = asked.filter(team__club=scope.club)
    elif scope.university is not None:
        asked = asked.filter(team__club__university=scope.university)
    return asked.select_related("season", "team__club__university").order_by("-created_at", "-pk")


def next_fixtures(scope: Scope, *, today: date) -> QuerySet[Fixture]:
    return coming_fixtures(today=today, club=scope.club, university=scope.university)


def results(scope: Scope) -> QuerySet[Fixture]:
    """What has been played, the latest first; the score where a result stands."""
    played = Fixture.objects.filter(state__in=FIXTURE_BEGUN)
    if scope.club is not None:
        played = played.filter(Q(host__club=scope.club) | Q(guest__club=scope.club))
    elif scope.university is not None:
        of = scope.university
        played = played.filter(Q(host__club__university=of) | Q(guest__club__university=of))
    return with_scores(with_sides(played)).order_by("-date", "-pk")


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    where: str
    lat: float
    lon: float
    #: Of its page; "" where it has none.
    url: str


def places_of(university: University | None) -> list[Place]:
    """Venues of a university (2 queries), or all universities that have joined (1 query)."""
    if university is None:
        return [_place_of(page) for page in live_university_pages()]
    urls = {page.venue_id: page.url for page in live_venue_pages(university)}
    venues = Venue.objects.filter(university=university).select_related("university").order_by("name")
    return [
        Place(one.name, ", ".join(one.address) or university.city, one.lat, one.lon, urls.get(one.pk, ""))
        for one in venues
    ]


def _place_of(page: UniversityPage) -> Place:
    university = page.university
    where = f"{university.city}, {university.country.name}"
    return Place(str(university), where, university.lat, university.lon, page.url)


def place_points(places: Iterable[Place]) -> dict[str, object]:
    """As portal/js/map.js reads it (GeoJSON, RFC 7946)."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [round(one.lon, 4), round(one.lat, 4)]},
                "properties": {
                    "name": one.name,
                    "city": one.where,
                    "count": 1,
                    "items": [{"text": one.name, "url": one.url}] if one.url else [],
                },
            }
            for one in places
        ],
    }


def live_venue_pages(university: University) -> QuerySet[VenuePage]:
    """Of each venue one, in the visitor's language where it is translated."""
    pages = in_one_language(VenuePage.objects.live().filter(venue__university=university))
    return pages.select_related("venue__university").order_by("venue__name", "pk")


def live_venue_page(venue: Venue) -> VenuePage | None:
    return in_one_language(VenuePage.objects.live().filter(venue=venue)).first()
