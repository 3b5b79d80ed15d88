"""What the demonstration consists of, before it is written to a database; rows point at each other by key."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from portal.enums import Category

VenueKind = Literal["hall", "field", "pool"]
ProjectStatus = Literal["idea", "seeking", "running", "finished"]


@dataclass(frozen=True, slots=True)
class DemoUniversity:
    """A real institution with facts of the Research Organization Registry; its key is the ROR id."""

    ror: str
    name: str
    short_name: str  # empty unless in common use
    country: str  # ISO 3166-1 alpha-2
    city: str
    lat: float
    lon: float
    time_zone: str
    name_ru: str  # the official name, only of universities in Belarus and Russia; may be empty
    name_be: str  # the same, only of universities in Belarus

    @property
    def label(self) -> str:
        return self.short_name or self.name


@dataclass(frozen=True, slots=True)
class DemoClub:
    key: str
    university: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class DemoVenue:
    """Stands where its university does; no two venues of a university share a name."""

    key: str
    club: str
    name: str
    kind: VenueKind
    capacity: int  # fixtures a day


@dataclass(frozen=True, slots=True)
class DemoTeam:
    key: str
    club: str
    name: str
    sport: str
    category: Category
    rating: float  # Elo scale
    rating_deviation: float
    venue: str


@dataclass(frozen=True, slots=True)
class DemoRequest:
    team: str  # also the key: a team asks once a season
    host_dates: tuple[date, ...]
    travel_dates: tuple[date, ...]
    wanted: int
    min_rest_days: int
    max_distance_km: int
    max_rating_gap: int | None
    waiting_days: int
    avoid: tuple[str, ...]  # team keys
    prefer: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Invented; a role of theirs is one of research.enums.Credit."""

    name: str
    credit: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoGrant:
    funder: str  # invented
    number: str
    amount: str
    currency: str  # ISO 4217


@dataclass(frozen=True, slots=True)
class DemoOutput:
    title: str
    kind: str
    year: int


@dataclass(frozen=True, slots=True)
class DemoProject:
    key: str
    title: str
    summary: str
    lead: str
    partners: tuple[str, ...]
    status: ProjectStatus
    fields: tuple[str, ...]  # OECD Fields of Research and Development (FORD 2015), such as "3.3"
    acronym: str
    themes: tuple[str, ...]
    sports: tuple[str, ...]
    keywords: tuple[str, ...]
    starts_on: date | None
    ends_on: date | None
    people: tuple[DemoPerson, ...]
    grant: DemoGrant | None
    outputs: tuple[DemoOutput, ...]


@dataclass(frozen=True, slots=True)
class DemoContent:
    universities: tuple[DemoUniversity, ...]
    clubs: tuple[DemoClub, ...]
    venues: tuple[DemoVenue, ...]
    teams: tuple[DemoTeam, ...]
    requests: tuple[DemoRequest, ...]
    projects: tuple[DemoProject, ...]
