"""Without a mouse: Tab, Enter and Space alone, and always to be seen where one is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from exchange.enums import DayUse, FixtureState, InvitationState
from exchange.models import Fixture, FixtureRequest
from portal.models import User
from tests.factories import FixtureFactory, FixtureRequestFactory

from .cast import PASSWORD, Cast
from .keyboard import Keyboard
from .reader import Reader

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("journeys"),
]

ReaderMaker = Callable[..., Reader]
#: The longest that anything moves, in seconds, of all there is on the page.
MOVES = """() => Math.max(...[...document.querySelectorAll('*')].flatMap((one) => {
  const style = getComputedStyle(one);
  return `${style.transitionDuration},${style.animationDuration}`.split(',').map(parseFloat);
}))"""


def test_two_away_games_are_asked_for(reader: ReaderMaker, cast: Cast) -> None:
    officer = reader()
    keys = signs_in(officer, cast.host.officer)
    keys.press(officer.page.get_by_role("link", name="Ask for fixtures").first)
    officer.sees(str(cast.host.team))
    keys.write(officer.page.get_by_label("How many fixtures do you want?"), "2")
    days = [cast.day, cast.day + timedelta(days=7)]
    for day in days:
        keys.to(officer.page.get_by_role("button", name=f"{day.day} {day:%B}: nothing", exact=True))
        for _until_travel in range(2):
            officer.page.keyboard.press("Space")
        expect(officer.page.locator("button.day:focus")).to_have_accessible_name(
            f"{day.day} {day:%B}: travel"
        )
    keys.press(officer.page.get_by_role("button", name="Ask for fixtures"))
    officer.sees("Your request stands")
    asked = FixtureRequest.objects.get(team=cast.host.team)
    assert (asked.wanted, [(day.date, day.use) for day in asked.days.order_by("date")]) == (
        2,
        [(day, DayUse.TRAVEL) for day in days],
    )

    keys.press(officer.page.get_by_role("link", name="My club", exact=True).first)
    officer.sees("2 fixtures wanted, 2 days named")


def test_an_invitation_is_accepted_and_another_declined(reader: ReaderMaker, cast: Cast) -> None:
    fixture = invited(cast)
    host = reader()
    keys = signs_in(host, cast.host.officer)
    keys.press(host.page.get_by_role("link", name="Invitations to answer"))
    keys.press(host.page.get_by_role("button", name="We play"))
    host.sees("You have accepted")

    guest = reader()
    keys = signs_in(guest, cast.guest.officer)
    keys.press(guest.page.get_by_role("link", name="Invitations to answer"))
    keys.press(guest.page.locator("summary", has_text="We cannot play"), "Space")
    keys.to(guest.page.get_by_label("Why?"))
    guest.page.keyboard.press("Home")
    guest.page.keyboard.press("ArrowDown")
    keys.press(guest.page.get_by_role("button", name="Decline", exact=True))
    guest.sees("This fixture is not played.")
    states = {one.team: one.state for one in fixture.invitations.all()}
    assert states[cast.guest.team] == InvitationState.DECLINED
    assert Fixture.objects.get(pk=fixture.pk).state == FixtureState.DECLINED


def test_nothing_holds_the_focus_and_it_is_always_seen(reader: ReaderMaker, cast: Cast) -> None:
    fixture = invited(cast)
    visitor, officer = reader(), reader()
    for path in ("/en/", "/exchange/opponents/"):
        visitor.page.goto(path)
        assert Keyboard(visitor.page).walks_through() > 10, path
    officer.is_signed_in(cast.host.officer)
    for path in ("/exchange/", f"/exchange/requests/{fixture.host_request_id}/edit/"):
        officer.page.goto(path)
        assert Keyboard(officer.page).walks_through() > 10, path


def test_the_first_stop_skips_to_the_content(reader: ReaderMaker, cast: Cast) -> None:
    visitor = reader()
    visitor.page.goto("/exchange/fixtures/")
    visitor.page.keyboard.press("Tab")
    expect(visitor.page.locator(":focus")).to_have_text("Skip to content")
    expect(visitor.page.locator(":focus")).to_be_in_viewport(ratio=1)
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_role("main")).to_be_focused()
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_who_wants_no_motion_sees_none(reader: ReaderMaker, cast: Cast) -> None:
    FixtureRequestFactory(season=cast.season, team=cast.guest.team, days={cast.day: DayUse.BOTH})
    moving, still = reader(), reader(reduced_motion="reduce")
    moving.page.goto("/en/")
    assert moving.page.evaluate(MOVES) > 0
    for path in ("/en/", "/exchange/opponents/", "/accounts/login/"):
        still.page.goto(path)
        if still.page.locator("[data-map]").count():
            expect(still.page.locator("[data-ready]")).to_be_visible()
        assert still.page.evaluate(MOVES) < 0.01, path


def signs_in(someone: Reader, person: User) -> Keyboard:
    someone.page.goto("/accounts/login/")
    keys = Keyboard(someone.page)
    keys.write(someone.page.get_by_label("E-mail"), person.email)
    keys.write(someone.page.get_by_label("Password", exact=True), PASSWORD)
    someone.page.keyboard.press("Enter")
    expect(someone.page).to_have_url("/exchange/")
    return keys


def invited(cast: Cast) -> Fixture:
    host, guest = (
        FixtureRequestFactory(season=cast.season, team=side.team, days={cast.day: DayUse.BOTH})
        for side in (cast.host, cast.guest)
    )
    return FixtureFactory(season=cast.season, host_request=host, guest_request=guest, date=cast.day)
