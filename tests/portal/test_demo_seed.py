"""The demonstration in the database: who may sign in, what they find, and that it is whole or not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Q
from django.test import Client, override_settings

from exchange import access as exchange_access
from exchange.enums import DayUse
from exchange.models import Club, ClubPage, FixtureRequest, Season, Team, Venue
from portal import access
from portal.demo import seed as seeding
from portal.demo.generate import demo_content
from portal.demo.pages import written_page
from portal.demo.people import HOME
from portal.demo.trouble import Trouble
from portal.demo.types import DemoContent
from portal.models import HomePage, OutboxMessage, University, UniversityPage, User
from research.models import Project, ProjectPage

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PASSWORD = "a password that all of them share"


def of_country(content: DemoContent, country: str) -> DemoContent:
    """The part of the demonstration that plays in one country."""
    universities = tuple(one for one in content.universities if one.country == country)
    rors = {one.ror for one in universities}
    clubs = tuple(club for club in content.clubs if club.university in rors)
    keys = {club.key for club in clubs}
    teams = tuple(team for team in content.teams if team.club in keys)
    names = {team.key for team in teams}
    return DemoContent(
        universities=universities,
        clubs=clubs,
        venues=tuple(venue for venue in content.venues if venue.club in keys),
        teams=teams,
        requests=tuple(
            replace(one, avoid=tuple(names & {*one.avoid}), prefer=tuple(names & {*one.prefer}))
            for one in content.requests
            if one.team in names
        ),
        projects=tuple(
            replace(one, partners=tuple(ror for ror in one.partners if ror in rors))
            for one in content.projects
            if one.lead in rors
        ),
    )


@pytest.fixture(scope="module")
def content() -> DemoContent:
    return of_country(demo_content(), "BY")


@contextmanager
def small(content: DemoContent) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch, override_settings(DEMO_PASSWORD=PASSWORD):
        patch.setattr(seeding, "demo_content", lambda: content)
        yield


@pytest.fixture(scope="class")
def seeded(content: DemoContent, django_db_setup, django_db_blocker) -> Iterator[None]:
    """Once for all tests that only look; it takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        with small(content):
            seeding.seed(NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def unseeded(content: DemoContent) -> Iterator[None]:
    with small(content):
        yield


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@example.org")


@pytest.mark.usefixtures("seeded")
class TestSeeded:
    def test_the_demonstration_is_written_whole(self, content: DemoContent):
        assert University.objects.members().count() == len(content.universities)
        assert UniversityPage.objects.live().count() == len(content.universities)
        assert Club.objects.count() == ClubPage.objects.live().count() == len(content.clubs)
        assert (Venue.objects.count(), Team.objects.count()) == (len(content.venues), len(content.teams))
        assert FixtureRequest.objects.count() == len(content.requests)
        assert Project.objects.count() == ProjectPage.objects.live().count() == len(content.projects) > 0
        assert not OutboxMessage.objects.exists()

    def test_everybody_can_sign_in_and_finds_what_is_theirs(self):
        # Who only answers a call, or stands in a project, has no password.
        invented = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        for user in User.objects.filter(~invented, email__endswith="@example.org"):
            assert Client().login(email=user.email, password=PASSWORD)
            assert user.emailaddress_set.get().verified
        home = University.objects.get(ror=HOME)
        assert access.is_administrator(person("administrator"))
        assert list(access.coordinated_universities(person("coordinator"))) == [home]
        assert list(access.research_universities(person("researcher"))) == [home]
        officer, guest = (
            set(exchange_access.acting_clubs(person(name))) for name in ("officer", "guest-officer")
        )
        assert officer == set(home.clubs.all())
        assert guest
        assert not officer & guest

    def test_the_officers_of_both_sides_ask_for_the_same(self):
        asked = [
            {
                (request.team.sport, request.team.category)
                for request in exchange_access.requests_of(person(name))
            }
            for name in ("officer", "guest-officer")
        ]
        assert asked[0] & asked[1]

    def test_requests_have_waited_and_name_their_days(self, content: DemoContent):
        facts = max(content.requests, key=lambda request: request.waiting_days)
        team = next(team for team in content.teams if team.key == facts.team)
        request = FixtureRequest.objects.get(team__name=team.name)
        assert NOW - request.created_at == timedelta(days=facts.waiting_days)
        uses = dict(request.days.values_list("date", "use"))
        assert uses.keys() == {*facts.host_dates, *facts.travel_dates}
        assert {day for day, use in uses.items() if use != DayUse.TRAVEL} == {*facts.host_dates}
        assert {day for day, use in uses.items() if use != DayUse.HOST} == {*facts.travel_dates}

    def test_pages_have_real_sentences(self):
        home = HomePage.objects.get()
        assert home.title == written_page("home").title
        assert [block.block_type for block in home.body].count("heading") >= 3
        page = UniversityPage.objects.get(university__ror=HOME)
        assert "Minsk, Belarus" in page.intro
        assert page.get_latest_revision_as_object().intro == page.intro
        assert (
            "Belarusian State University" in ClubPage.objects.filter(club__university__ror=HOME).first().intro
        )

    def test_a_database_in_use_is_left_alone(self, unseeded):
        with pytest.raises(Trouble, match="The demo is in this database already"):
            seeding.seed(NOW)
        User.objects.filter(email="coordinator@example.org").update(email="someone@example.org")
        with pytest.raises(Trouble, match="have joined in this database already"):
            seeding.is_seeded()


def test_begun_later_it_plays_a_later_season_on_the_same_weekdays(unseeded):
    seeding.seed(datetime(2029, 4, 1, tzinfo=UTC))
    season = Season.objects.get()
    assert (season.name, season.starts.isoformat()) == ("Spring 2030", "2030-01-28")
    weekend = FixtureRequest.objects.filter(days__date__week_day__in=(1, 7)).distinct().count()
    assert weekend == FixtureRequest.objects.count()


def test_half_a_demonstration_is_never_left_behind(unseeded, monkeypatch: pytest.MonkeyPatch):
    def break_off(**facts: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("exchange.demo.season.file_request", break_off)
    with pytest.raises(KeyboardInterrupt):
        seeding.seed(NOW)
    assert not University.objects.exists()
    assert not User.objects.filter(email__endswith="example.org").exists()


def test_on_real_servers_it_is_refused(settings):
    settings.DEMO_PASSWORD = None
    with pytest.raises(CommandError, match="share a password that everyone knows"):
        call_command("seed_demo")
    assert not University.objects.exists()
