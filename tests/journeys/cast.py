"""Who takes part: two universities with a club, a team, an officer and a coordinator each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.utils import timezone

from exchange.actions.clubs import found_club
from exchange.models import Club, Season, Team
from portal.actions.universities import appoint, join_university
from portal.enums import UniversityRole
from portal.models import University, User
from tests.factories import MembershipFactory, SeasonFactory, TeamFactory, UniversityFactory, UserFactory

PASSWORD = "a long one for the tests"

#: The portal runs on other settings than the tests, which hash fast and badly.
HASHED = make_password(PASSWORD, hasher=PBKDF2PasswordHasher())

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Side:
    university: University
    club: Club
    team: Team
    officer: User
    coordinator: User


@dataclass(frozen=True, slots=True)
class Cast:
    """Each journey has its own season, so that no other's requests are matched with its own."""

    season: Season
    host: Side
    guest: Side
    #: A day on which both can play.
    day: date


def gather_cast() -> Cast:
    number = next(_numbers)
    starts = timezone.localdate() + timedelta(days=30)
    return Cast(
        season=SeasonFactory(name=f"Season {number}", starts=starts, ends=starts + timedelta(days=60)),
        host=_side("Minsk", number, lat=53.9, lon=27.57),
        guest=_side("Pinsk", number, lat=52.12, lon=26.1),
        day=starts + timedelta(days=10),
    )


def _side(city: str, number: int, **place: float) -> Side:
    university = UniversityFactory(
        name=f"University of {city} {number}", slug=f"{city}-{number}".lower(), city=city, **place
    )
    join_university(university=university, now=timezone.now())
    club = found_club(university=university, name=f"{city} Rowers {number}", now=timezone.now())
    officer, coordinator = (_person(f"{role}-{city}-{number}") for role in ("officer", "coordinator"))
    MembershipFactory(user=officer, club=club)
    appoint(user=coordinator, university=university, role=UniversityRole.COORDINATOR)
    team = TeamFactory(club=club, name=f"{city} Owls {number}")
    return Side(university, club, team, officer, coordinator)


def _person(name: str) -> User:
    return UserFactory(email=f"{name}@example.org".lower(), password=HASHED)
