"""Plausible clubs with their venues and teams for real universities; the same for the same seed.

Each university draws from a generator of its own, so that one more in the file does not change the others.
"""

import random
from collections.abc import Iterator

from django.utils import translation

from portal.demo.sources import region_of, venue_kinds
from portal.demo.types import DemoClub, DemoTeam, DemoUniversity, DemoVenue, VenueKind
from portal.enums import Category
from portal.sports import sport

#: Names of a university's main club, and of a second one beside it by the kind of its venue.
MAIN_NAMES = (
    "{label} Sports Club",
    "{label} Student Sports Club",
    "{label} Athletic Club",
    "Sports Club of {label}",
)
SECOND_NAMES: dict[VenueKind, str] = {
    "hall": "{label} Indoor Sports Club",
    "field": "{label} Field Sports Club",
    "pool": "{label} Water Sports Club",
}
VENUE_NAMES: dict[VenueKind, tuple[str, str]] = {
    "hall": ("{label} sports hall", "{label} small sports hall"),
    "field": ("{label} sports ground", "{label} second sports ground"),
    "pool": ("{label} swimming pool", "{label} training pool"),
}
#: Capacities are drawn from these: most places hold one or two fixtures a day.
CAPACITIES: dict[VenueKind, tuple[int, ...]] = {"hall": (1, 2, 2, 3), "field": (1, 1, 2), "pool": (1, 1, 2)}

#: Share of universities with a second club.
SECOND_CLUB = 0.3
#: Share of mixed teams in sports that know them.
MIXED = 0.12
RATING_MEAN, RATING_SPREAD = 1500, 200
DEVIATION = (50, 140)


def generator(seed: int, *about: str) -> random.Random:
    # Examples, not secrets; a text as seed is hashed the same way on every machine.
    return random.Random(":".join([str(seed), *about]))  # noqa: S311


def clubs_of(university: DemoUniversity, seed: int) -> tuple[list[DemoClub], list[DemoVenue], list[DemoTeam]]:
    rng = generator(seed, "clubs", university.ror)
    chosen = _sports(university, rng)
    shares = [chosen]
    if len(chosen) > 2 and rng.random() < SECOND_CLUB:
        # The second club takes over the last sport and all others played in the same kind of place.
        kind = venue_kinds()[chosen[-1]]
        second = [code for code in chosen[1:] if venue_kinds()[code] == kind]
        shares = [[code for code in chosen if code not in second], second]
    clubs: list[DemoClub] = []
    venues: list[DemoVenue] = []
    teams: list[DemoTeam] = []
    for number, sports in enumerate(shares):
        club = _club(university, number, sports, rng)
        places = _venues(university, club, number, sports, rng)
        clubs.append(club)
        venues.extend(places.values())
        teams.extend(_teams(university, club, sports, places, rng))
    return clubs, venues, teams


def _sports(university: DemoUniversity, rng: random.Random) -> list[str]:
    """Different sports, the region's favourites more often."""
    region = region_of(university.country)
    left = dict(region.sports)
    chosen = []
    for _ in range(rng.randint(2, min(region.teams, len(left)))):
        code = rng.choices(list(left), weights=list(left.values()))[0]
        del left[code]
        chosen.append(code)
    return chosen


def _club(university: DemoUniversity, number: int, sports: list[str], rng: random.Random) -> DemoClub:
    pattern = SECOND_NAMES[venue_kinds()[sports[0]]] if number else rng.choice(MAIN_NAMES)
    return DemoClub(
        key=f"{university.ror}-{number + 1}",
        university=university.ror,
        name=pattern.format(label=university.label),
        email=f"club{number + 1}@{university.ror}.example",
    )


def _venues(
    university: DemoUniversity, club: DemoClub, number: int, sports: list[str], rng: random.Random
) -> dict[VenueKind, DemoVenue]:
    kinds = dict.fromkeys(venue_kinds()[code] for code in sports)
    return {
        kind: DemoVenue(
            key=f"{club.key}-{kind}",
            club=club.key,
            name=VENUE_NAMES[kind][number].format(label=university.label),
            kind=kind,
            capacity=rng.choice(CAPACITIES[kind]),
        )
        for kind in kinds
    }


def _teams(
    university: DemoUniversity,
    club: DemoClub,
    sports: list[str],
    places: dict[VenueKind, DemoVenue],
    rng: random.Random,
) -> Iterator[DemoTeam]:
    for code in sports:
        for category in _categories(code, rng):
            yield DemoTeam(
                key=f"{university.ror}-{code}-{category}".lower(),
                club=club.key,
                name=team_name(university.label, code, category),
                sport=code,
                category=category,
                rating=round(min(max(rng.gauss(RATING_MEAN, RATING_SPREAD), 900), 2100), 1),
                rating_deviation=round(rng.uniform(*DEVIATION), 1),
                venue=places[venue_kinds()[code]].key,
            )


def _categories(code: str, rng: random.Random) -> list[Category]:
    possible = sport(code).categories
    if Category.MIXED in possible and rng.random() < MIXED:
        return [Category.MIXED]
    separate = [category for category in possible if category is not Category.MIXED]
    return separate if rng.random() < 0.45 else [rng.choice(separate)]


def team_name(label: str, code: str, category: Category) -> str:
    """A team's name is stored, so it is English whoever starts the demonstration."""
    with translation.override("en"):
        return f"{label} {str(sport(code).name).lower()}, {str(category.label).lower()}"
