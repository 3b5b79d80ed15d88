"""What another date of a fixture is measured by: days the two have named, what they and the venues hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from exchange.enums import HOST_USES, TRAVEL_USES, Side
from exchange.models import Fixture, FixtureRequest, RequestDay, Team, Venue

from .occupancy import VenueDay, taken, team_resource


@dataclass(frozen=True, slots=True)
class Room:
    """Of all seasons, without what the fixture itself holds."""

    fixture: Fixture
    #: Of the host's university and fit for the sport, by name.
    venues: list[Venue]
    #: Days each side has named for its part: the host to host, the guest to travel.
    named: dict[Side, set[date]]
    #: Free days each side wants between two fixtures.
    rest: dict[Side, int]
    #: Days of the other fixtures of each side.
    taken: dict[Side, set[date]]
    #: Places taken by others.
    places: dict[VenueDay, set[int]]

    def free_places(self, venue: Venue, day: date) -> int:
        return venue.capacity - len(self.places.get((venue.pk, day), ()))


def room_of(fixture: Fixture) -> Room:
    """The fixture comes with its sides; 4 queries, 6 where its requests are not loaded."""
    requests = {Side.HOST: fixture.host_request, Side.GUEST: fixture.guest_request}
    rest = {side: request.min_rest_days for side, request in requests.items()}
    venues = venues_for(fixture.host)
    margin, season = timedelta(days=max(rest.values())), fixture.season
    ours = Q(resource__in=[team_resource(fixture.host_id), team_resource(fixture.guest_id)])
    for venue in venues:
        ours |= Q(resource__startswith=f"venue:{venue.pk}:")
    held = taken(season.starts - margin, season.ends + margin, only=ours & ~Q(fixture=fixture.pk))
    return Room(
        fixture=fixture,
        venues=venues,
        named={Side.HOST: _named(requests[Side.HOST], HOST_USES)}
        | {Side.GUEST: _named(requests[Side.GUEST], TRAVEL_USES)},
        rest=rest,
        taken={side: held.teams.get(fixture.team_of(side).pk, set()) for side in Side},
        places=held.places,
    )


def venues_for(host: Team) -> list[Venue]:
    venues = Venue.objects.filter(university=host.club.university_id)
    if host.played.hall:
        venues = venues.filter(hall=True)
    return list(venues.order_by("name", "pk"))


def _named(request: FixtureRequest, uses: tuple[str, ...]) -> set[date]:
    days = RequestDay.objects.filter(request=request, use__in=uses)
    return set(days.values_list("date", flat=True))
