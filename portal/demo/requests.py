"""Requests for fixtures of the season from February to June 2027; the same for the same seed."""

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt

from portal.demo.clubs import generator
from portal.demo.sources import notes, region_of, venue_kinds
from portal.demo.types import DemoClub, DemoRequest, DemoTeam, DemoUniversity

SEASON_START, SEASON_END = date(2027, 2, 1), date(2027, 6, 30)
#: North of this latitude, teams that play in the open start in April.
SNOW_LATITUDE = 45
OPEN_AIR_START = date(2027, 4, 3)

#: Share of teams that ask at all.
ASKING = 0.63
#: Share of requests that name a preferred team, a team to avoid, a note.
PREFERRING, AVOIDING, NOTED = 0.12, 0.05, 0.2
#: A date in the middle of the week, where a weekend is usual.
MIDWEEK = 0.1
EARTH_RADIUS_KM = 6371.0088

WANTED = (1, 1, 1, 2, 2, 3)
REST_DAYS = (1, 2, 2, 3, 6)
RATING_GAPS = (None, None, None, 250, 300, 400, 500)
#: Fewest and most dates a request gives for hosting, and again for travelling.
DATES = (5, 12)


def requests_for(
    teams: Iterable[DemoTeam], clubs: Iterable[DemoClub], universities: Iterable[DemoUniversity], seed: int
) -> list[DemoRequest]:
    homes = {university.ror: university for university in universities}
    club_homes = {club.key: homes[club.university] for club in clubs}
    asking = [team for team in teams if generator(seed, "asks", team.key).random() < ASKING]
    pools = defaultdict(list)
    for team in asking:
        pools[team.sport, team.category].append((team, club_homes[team.club]))
    return [
        _request(
            team,
            club_homes[team.club],
            pools[team.sport, team.category],
            generator(seed, "request", team.key),
        )
        for team in asking
    ]


def _request(
    team: DemoTeam,
    home: DemoUniversity,
    pool: list[tuple[DemoTeam, DemoUniversity]],
    rng: random.Random,
) -> DemoRequest:
    start = _first_day(team, home)
    reach = rng.choice(region_of(home.country).reach_km)
    near = [rival.key for rival, place in pool if place.ror != home.ror and kilometres(home, place) <= reach]
    prefer = (rng.choice(near),) if near and rng.random() < PREFERRING else ()
    others = [key for key in near if key not in prefer]
    return DemoRequest(
        team=team.key,
        host_dates=_dates(start, rng),
        travel_dates=_dates(start, rng),
        wanted=rng.choice(WANTED),
        min_rest_days=rng.choice(REST_DAYS),
        max_distance_km=reach,
        max_rating_gap=rng.choice(RATING_GAPS),
        # Most have asked lately, a few for months.
        waiting_days=round(120 * rng.random() ** 1.5),
        avoid=(rng.choice(others),) if others and rng.random() < AVOIDING else (),
        prefer=prefer,
        note=rng.choice(notes()[venue_kinds()[team.sport]]) if rng.random() < NOTED else "",
    )


def _first_day(team: DemoTeam, home: DemoUniversity) -> date:
    snowed_in = home.lat > SNOW_LATITUDE and venue_kinds()[team.sport] == "field"
    return OPEN_AIR_START if snowed_in else SEASON_START


def _dates(start: date, rng: random.Random) -> tuple[date, ...]:
    days = [start + timedelta(days=n) for n in range((SEASON_END - start).days + 1)]
    weekend = [day for day in days if day.weekday() >= 5]
    midweek = [day for day in days if day.weekday() < 5]
    count = rng.randint(*DATES)
    chosen: set[date] = set()
    while len(chosen) < count:
        chosen.add(rng.choice(midweek if rng.random() < MIDWEEK else weekend))
    return tuple(sorted(chosen))


def kilometres(one: DemoUniversity, other: DemoUniversity) -> float:
    """Great-circle distance by the haversine formula."""
    lat, other_lat = radians(one.lat), radians(other.lat)
    half_lat, half_lon = (other_lat - lat) / 2, radians(other.lon - one.lon) / 2
    chord = sin(half_lat) ** 2 + cos(lat) * cos(other_lat) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))
