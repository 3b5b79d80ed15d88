"""What people do from end to end, in a real browser, on the whole portal."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from exchange.enums import DayUse
from exchange.models import Fixture, FixtureRequest, ForbiddenPair
from portal.models import UniversityPage
from tests.factories import FixtureRequestFactory

from .cast import Cast, Side
from .conftest import PHONE
from .reader import Reader
from .running_portal import RunningPortal

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("journeys"),  # one portal runs for all of them
]

ReaderMaker = Callable[..., Reader]


def test_from_a_request_to_a_public_fixture(reader: ReaderMaker, cast: Cast, portal: RunningPortal) -> None:
    asks(cast.guest, cast)
    officer = reader(**PHONE)
    officer.sign_in(cast.host.officer)
    officer.page.goto("/exchange/requests/new/")
    continue_with(cast, officer.page)
    officer.fits()
    day = f"{cast.day.day} {cast.day:%B}"
    officer.page.get_by_role("button", name=f"{day}: nothing", exact=True).tap()
    expect(officer.page.get_by_role("button", name=f"{day}: host", exact=True)).to_be_visible()
    officer.page.get_by_role("button", name="Ask for fixtures").tap()
    officer.sees("Your request stands")

    coordinator = reader()
    coordinator.sign_in(cast.host.coordinator)
    with portal.worker_asleep():
        start_run(coordinator.page, cast)
        coordinator.sees("The run waits for a worker.")
    coordinator.sees("of 2 requests served")
    coordinator.sees(f"{cast.host.team} – {cast.guest.team}")

    officer.open_mail(cast.host.officer, f"Invitation: {cast.host.team} – {cast.guest.team}").tap()
    officer.sees("Why this opponent")
    officer.fits()
    officer.page.get_by_role("button", name="We play").tap()
    officer.sees("You have accepted")

    guest = reader()
    guest.open_mail(cast.guest.officer, f"Invitation: {cast.guest.team} – {cast.host.team}").click()
    guest.page.get_by_role("button", name="We play").click()
    guest.sees("the fixture stands and is public")

    visitor = reader()
    for path in ("/exchange/fixtures/", club_path(cast.host), club_path(cast.guest)):
        visitor.page.goto(path)
        visitor.sees(f"{cast.host.team} – {cast.guest.team}")


def test_a_declined_invitation_frees_the_day(reader: ReaderMaker, cast: Cast) -> None:
    mine, _theirs = asks(cast.host, cast), asks(cast.guest, cast)
    coordinator = reader()
    coordinator.sign_in(cast.guest.coordinator)
    start_run(coordinator.page, cast)
    coordinator.sees("of 2 requests served")

    guest = reader(**PHONE)
    subject = f"{cast.guest.team} – {cast.host.team}"
    guest.open_mail(cast.guest.officer, f"Invitation: {subject}").tap()
    guest.page.get_by_text("We cannot play").tap()
    guest.page.get_by_label("Why?").select_option(label="We do not get a team together.")
    guest.page.get_by_role("button", name="Decline").tap()
    guest.sees("This fixture is not played.")

    officer = reader()
    officer.sign_in(cast.host.officer)
    link = officer.open_mail(cast.host.officer, f"Declined: {cast.host.team} – {cast.guest.team}")
    expect(officer.page.frame_locator("iframe").locator("body")).to_contain_text(
        "We do not get a team together."
    )
    link.click()
    officer.sees("declined")
    officer.page.goto(f"/exchange/requests/{mine.pk}/edit/")
    expect(
        officer.page.get_by_role("button", name=f"{cast.day.day} {cast.day:%B}: host or travel", exact=True)
    ).to_be_visible()
    assert not Fixture.objects.get(season=cast.season).occupancies.filter(active=True).exists()
    assert ForbiddenPair.objects.filter(season=cast.season).count() == 1

    visitor = reader()
    visitor.page.goto(club_path(cast.host))
    visitor.sees("No confirmed fixture ahead.")


def test_a_request_is_filed_without_scripts(reader: ReaderMaker, cast: Cast) -> None:
    officer = reader(java_script_enabled=False, **PHONE)
    officer.sign_in(cast.host.officer)
    officer.page.goto("/exchange/requests/new/")
    continue_with(cast, officer.page)
    officer.page.get_by_label(f"{cast.day.day} {cast.day:%B}", exact=True).select_option("host")
    officer.page.get_by_role("button", name="Ask for fixtures").tap()
    officer.sees("Your request stands")
    request = FixtureRequest.objects.get(team=cast.host.team)
    assert [(day.date, day.use) for day in request.days.all()] == [(cast.day, DayUse.HOST)]


def test_a_coordinator_publishes_the_page_of_the_university(reader: ReaderMaker, cast: Cast) -> None:
    page = UniversityPage.objects.get(university=cast.host.university)
    coordinator, visitor = reader(), reader()
    coordinator.sign_in(cast.host.coordinator)
    coordinator.page.goto(f"/cms/pages/{page.pk}/edit/")
    coordinator.page.locator("[contenteditable=true]").first.click()
    coordinator.page.keyboard.type("We row on the river Svislach.")
    # The editor hands over what was typed a moment later.
    expect(coordinator.page.locator("input[name=intro]")).to_have_value(re.compile("Svislach"))
    coordinator.page.locator("footer .w-dropdown__toggle").click()
    coordinator.page.get_by_role("button", name="Publish").click()
    expect(coordinator.page.get_by_role("status").or_(coordinator.page.locator(".messages"))).to_contain_text(
        "published"
    )
    visitor.page.goto(page.get_url())
    visitor.sees("We row on the river Svislach.")


def asks(side: Side, cast: Cast) -> FixtureRequest:
    return FixtureRequestFactory(season=cast.season, team=side.team, days={cast.day: DayUse.BOTH})


def continue_with(cast: Cast, page: Page) -> None:
    """An officer of one team is asked for the season alone, and for nothing while one season is open."""
    if page.get_by_role("button", name="Continue").count():
        page.get_by_label("Season").select_option(str(cast.season.pk))
        page.get_by_role("button", name="Continue").click()


def start_run(page: Page, cast: Cast) -> None:
    page.goto("/exchange/runs/")
    page.get_by_label("Season").select_option(str(cast.season.pk))
    page.get_by_role("button", name="Start a run").click()


def club_path(side: Side) -> str:
    return side.club.page.get_url()
