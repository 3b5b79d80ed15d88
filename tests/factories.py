"""Rows for tests, plausible by default; the demonstration has its own content."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from exchange import models as exchange
from exchange.enums import FIXTURE_LIVE, DayUse, RunState, RunTrigger, Side
from portal import models as portal


class UserFactory(DjangoModelFactory):
    class Meta:
        model = portal.User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = factory.Sequence(lambda n: f"Person {n}")

    @factory.post_generation
    def verified(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create:
            self.emailaddress_set.create(email=self.email, verified=True, primary=True)


class UniversityFactory(DjangoModelFactory):
    class Meta:
        model = portal.University

    ror = factory.Sequence(lambda n: f"0{n:08d}")
    name = factory.Sequence(lambda n: f"University {n}")
    slug = factory.Sequence(lambda n: f"university-{n}")
    country = "BY"
    city = "Minsk"
    lat = 53.9
    lon = 27.56667
    time_zone = "Europe/Minsk"
    joined_at = factory.LazyFunction(timezone.now)


class AgreementFactory(DjangoModelFactory):
    """Between Belarus and Poland, in force for as long as tests look."""

    class Meta:
        model = portal.Agreement
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Agreement {n}")
    slug = factory.Sequence(lambda n: f"agreement-{n}")
    countries = ("BY", "PL")
    subjects = ("events",)
    signed_on = date(2025, 9, 1)
    valid_from = date(2025, 9, 1)
    valid_until = None

    @factory.post_generation
    def universities(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create and extracted:
            self.universities.set(extracted)


class EventFactory(DjangoModelFactory):
    class Meta:
        model = portal.Event

    title = factory.Sequence(lambda n: f"Event {n}")
    kind = "competition"
    sport = "BKB"
    starts_on = date(2027, 3, 6)
    ends_on = factory.SelfAttribute("starts_on")
    country = "BY"
    city = "Minsk"


class ClubFactory(DjangoModelFactory):
    class Meta:
        model = exchange.Club

    university = factory.SubFactory(UniversityFactory)
    name = factory.Sequence(lambda n: f"Sport club {n}")
    slug = factory.Sequence(lambda n: f"sport-club-{n}")


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = exchange.Venue

    university = factory.SubFactory(UniversityFactory)
    name = factory.Sequence(lambda n: f"Hall {n}")
    hall = True
    lat = 53.9
    lon = 27.56667


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = exchange.Team

    club = factory.SubFactory(ClubFactory)
    sport = "BKB"
    category = "M"
    name = factory.Sequence(lambda n: f"Team {n}")
    rating = 1500
    rating_deviation = 80
    home_venue = factory.SubFactory(VenueFactory, university=factory.SelfAttribute("..club.university"))


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = exchange.Membership

    user = factory.SubFactory(UserFactory)
    club = factory.SubFactory(ClubFactory)


class SeasonFactory(DjangoModelFactory):
    class Meta:
        model = exchange.Season
        django_get_or_create = ("name",)

    name = "Spring 2027"
    starts = date(2027, 2, 1)
    ends = date(2027, 6, 30)


class FixtureRequestFactory(DjangoModelFactory):
    """A request with three days in March on which the team can host or travel."""

    class Meta:
        model = exchange.FixtureRequest
        skip_postgeneration_save = True

    season = factory.SubFactory(SeasonFactory)
    team = factory.SubFactory(TeamFactory)

    @factory.post_generation
    def days(self, create: bool, extracted: dict[date, str] | None, **kwargs: object) -> None:
        if not create:
            return
        days = (
            extracted
            if extracted is not None
            else {date(2027, 3, 6) + timedelta(7 * n): DayUse.BOTH for n in range(3)}
        )
        for day, use in days.items():
            self.days.create(date=day, use=use)


class MatchRunFactory(DjangoModelFactory):
    class Meta:
        model = exchange.MatchRun

    season = factory.SubFactory(SeasonFactory)
    trigger = RunTrigger.BUTTON
    state = RunState.SUPERSEDED


class FixtureFactory(DjangoModelFactory):
    """A proposed fixture that holds its day, with an invitation for each side, of a run that came before."""

    class Meta:
        model = exchange.Fixture
        skip_postgeneration_save = True

    season = factory.SubFactory(SeasonFactory)
    run = factory.SubFactory(MatchRunFactory, season=factory.SelfAttribute("..season"))
    host_request = factory.SubFactory(FixtureRequestFactory, season=factory.SelfAttribute("..season"))
    guest_request = factory.SubFactory(FixtureRequestFactory, season=factory.SelfAttribute("..season"))
    host = factory.SelfAttribute("host_request.team")
    guest = factory.SelfAttribute("guest_request.team")
    venue = factory.SelfAttribute("host.home_venue")
    date = date(2027, 3, 6)
    time_zone = factory.SelfAttribute("host.club.university.time_zone")
    quality = 500
    distance_km = 42.0

    @factory.post_generation
    def held(self, create: bool, extracted: object, **kwargs: object) -> None:
        if not create:
            return
        starts = datetime.combine(self.date, time.min, UTC)
        resources = [f"team:{self.host_id}", f"team:{self.guest_id}"]
        if self.venue_id and extracted is not False:
            resources.append(f"venue:{self.venue_id}:{extracted or 1}")
        for resource in resources:
            ends, active = starts + timedelta(days=1), self.state in FIXTURE_LIVE
            self.occupancies.create(resource=resource, starts=starts, ends=ends, active=active)

    @factory.post_generation
    def invited(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create and extracted is not False:
            expires = kwargs.get("until", timezone.now() + timedelta(days=7))
            for side, team in ((Side.HOST, self.host), (Side.GUEST, self.guest)):
                self.invitations.create(team=team, side=side, expires_at=expires, nonce_hash="")
