"""Researchers by the thousand: accounts nobody can sign in to, and profiles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from allauth.account.models import EmailAddress

from portal.demo.progress import bar
from portal.models import User
from portal.search import keep
from portal.sports import SPORTS
from research.enums import Openness, Verification, Visibility
from research.ford import FORD
from research.models import ProfileFacet, ResearcherProfile
from research.profile_facets import facets_of

from .homes import Home
from .texts import FAMILY, GIVEN, GROUPS, METHODS

A_BATCH = 2000
LANGUAGES = ("en", "ru", "be", "de", "pl", "es", "fr", "uk", "lt", "zh")
#: In so many of ten.
VISIBLE = [Visibility.EVERYONE] * 7 + [Visibility.MEMBERS] * 2 + [Visibility.NOBODY]


@dataclass(frozen=True, slots=True)
class Seeded:
    """What projects need to know of a person."""

    pk: int
    name: str
    home: int


def add_people(count: int, homes: list[Home], rng: Random, now: datetime) -> list[Seeded]:
    seeded: list[Seeded] = []
    with bar(count, "Researchers") as progress:
        for start in range(0, count, A_BATCH):
            numbers = range(start, min(start + A_BATCH, count))
            seeded += _add_some(numbers, homes, rng, now)
            progress.update(len(numbers))
    return seeded


def address_of(number: int) -> str:
    return f"seeded-{number:05}@example.org"


def _add_some(numbers: range, homes: list[Home], rng: Random, now: datetime) -> list[Seeded]:
    users = User.objects.bulk_create(
        User(
            email=address_of(number),
            first_name=rng.choice(GIVEN),
            last_name=rng.choice(FAMILY),
            password="!seeded",  # noqa: S106 - no password fits
            date_joined=now,
        )
        for number in numbers
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    places = [rng.randrange(len(homes)) for _user in users]
    profiles = ResearcherProfile.objects.bulk_create(
        _profile(user, homes[place], rng, now) for user, place in zip(users, places, strict=True)
    )
    rows = (
        ProfileFacet(profile=profile, kind=kind, value=value)
        for profile in profiles
        for kind, value in facets_of(profile)
    )
    ProfileFacet.objects.bulk_create(rows, batch_size=5000)
    keep.enter_all([one for one in profiles if one.visibility == Visibility.EVERYONE])
    return [Seeded(user.pk, user.get_full_name(), place) for user, place in zip(users, places, strict=True)]


def _profile(user: User, home: Home, rng: Random, now: datetime) -> ResearcherProfile:
    methods = rng.sample(METHODS, 2)
    return ResearcherProfile(
        person=user,
        key=f"{rng.getrandbits(64):016x}",
        name=user.get_full_name(),
        about=f"I work with {rng.choice(GROUPS)} and {rng.choice(GROUPS)}.",
        fields=sorted(rng.sample(tuple(FORD), rng.randrange(1, 3))),
        methods=methods,
        languages=["en", *rng.sample(LANGUAGES[1:], rng.randrange(0, 3))],
        open_to=[Openness.PROJECTS] if rng.random() < 0.8 else [Openness.REVIEW],
        sports=rng.sample(tuple(SPORTS), rng.randrange(0, 3)),
        university=home.university,
        verified=Verification.MAIL,
        verified_at=now,
        visibility=rng.choice(VISIBLE),
        changed_at=now - timedelta(days=rng.randrange(700)),
    )
