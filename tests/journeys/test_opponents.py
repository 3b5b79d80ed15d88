"""A visitor finds an opponent on the map and in the list; an officer challenges it, by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from exchange.enums import DayUse, FixtureState
from exchange.models import Fixture
from tests.factories import ClubFactory, FixtureRequestFactory, TeamFactory, UniversityFactory

from .cast import Cast
from .conftest import PHONE
from .keyboard import Keyboard
from .reader import Reader

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("journeys"),
]

ReaderMaker = Callable[..., Reader]
BOARD = "/exchange/opponents/"


def looks(cast: Cast) -> int:
    return FixtureRequestFactory(season=cast.season, team=cast.guest.team, days={cast.day: DayUse.BOTH}).pk


def test_a_visitor_finds_an_opponent_on_the_map_and_in_the_list(reader: ReaderMaker, cast: Cast) -> None:
    looks(cast)
    visitor = reader()
    visitor.page.goto(f"{BOARD}?university={cast.guest.university.pk}")
    expect(visitor.page.locator("[data-ready]")).to_be_visible()
    pin = visitor.page.get_by_role("button", name=re.compile(f"{cast.guest.university}: 1"))
    pin.focus()
    visitor.page.keyboard.press("Enter")
    in_popup = visitor.page.locator(".leaflet-popup a", has_text=str(cast.guest.team))
    expect(in_popup).to_be_visible()
    in_popup.focus()
    visitor.page.keyboard.press("Enter")
    visitor.sees("Days on which it could play")
    visitor.sees("Sign in to challenge this team")


def test_a_cluster_opens_by_keyboard_and_leads_to_the_page_of_a_club(reader: ReaderMaker, cast: Cast) -> None:
    looks(cast)
    near = ClubFactory(university=UniversityFactory(name="University of Ivanava", lat=52.3, lon=25.75))
    team = TeamFactory(club=near, name="Ivanava Bears")
    for one in (team, cast.host.team):
        FixtureRequestFactory(season=cast.season, team=one, days={cast.day: DayUse.BOTH})
    visitor = reader()
    # An address of its own: the portal keeps what visitors were shown a moment ago.
    visitor.page.goto(f"{BOARD}?country=BY&sport={team.sport}")
    expect(visitor.page.locator("[data-ready]")).to_be_visible()
    keys = Keyboard(visitor.page)
    keys.press(visitor.page.get_by_role("button", name=re.compile("Ivanava.*: 2$")))
    pin = visitor.page.get_by_role("button", name=f"{cast.guest.university}: 1")
    expect(pin).to_be_visible()
    keys.press(pin)
    keys.press(visitor.page.locator(".leaflet-popup a", has_text=str(cast.guest.team)))
    visitor.sees("Days on which it could play")
    keys.press(visitor.page.get_by_role("link", name=cast.guest.club.name))
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(cast.guest.club.name)


def test_a_club_is_found_by_search(reader: ReaderMaker, cast: Cast) -> None:
    looks(cast)
    visitor = reader()
    visitor.page.goto("/exchange/opponents/")
    keys = Keyboard(visitor.page)
    keys.write(visitor.page.get_by_role("banner").get_by_role("searchbox"), cast.guest.club.name)
    visitor.page.keyboard.press("Enter")
    keys.press(visitor.page.get_by_role("main").get_by_role("link", name=cast.guest.club.name).first)
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(cast.guest.club.name)
    visitor.sees(str(cast.guest.team))


def test_without_scripts_the_list_says_the_same(reader: ReaderMaker, cast: Cast) -> None:
    looks(cast)
    visitor = reader(java_script_enabled=False, **PHONE)
    visitor.page.goto(BOARD)
    visitor.page.get_by_label("Sport").select_option(cast.guest.team.sport)
    visitor.page.get_by_role("button", name="Show", exact=True).tap()
    visitor.page.get_by_role("link", name=str(cast.guest.team), exact=True).tap()
    visitor.sees("Days on which it could play")


def test_an_officer_challenges_by_keyboard(reader: ReaderMaker, cast: Cast) -> None:
    pk = looks(cast)
    officer = reader(**PHONE)
    officer.sign_in(cast.host.officer)
    officer.page.goto(f"{BOARD}{pk}/")
    officer.page.get_by_role("link", name="Challenge this team").focus()
    officer.page.keyboard.press("Enter")
    officer.sees("On which day, and where?")
    officer.fits()
    officer.page.get_by_role("radio").first.focus()
    officer.page.keyboard.press("Space")
    officer.page.get_by_label("Your message").focus()
    officer.page.keyboard.type("Shall we?")
    officer.page.get_by_role("button", name="Send the challenge").focus()
    officer.page.keyboard.press("Enter")
    officer.sees(f"You have asked {cast.guest.team}.")

    guest = reader()
    guest.open_mail(cast.guest.officer, f"Invitation: {cast.guest.team} – {cast.host.team}").click()
    guest.sees("Shall we?")
    guest.page.get_by_role("button", name="We play").click()
    guest.sees("the fixture stands and is public")
    assert Fixture.objects.get(season=cast.season).state == FixtureState.CONFIRMED
