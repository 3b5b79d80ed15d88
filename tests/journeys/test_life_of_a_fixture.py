"""What becomes of a fixture that both have accepted: another date, a cancellation, a result."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from exchange.enums import DayUse, FixtureState
from exchange.models import Fixture
from tests.factories import FixtureFactory, FixtureRequestFactory

from .cast import Cast
from .conftest import PHONE
from .test_journeys import ReaderMaker

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("journeys"),
]


def agreed(cast: Cast, day: date | None = None) -> Fixture:
    """A fixture that both have accepted, with one more day on which both could play."""
    days = {cast.day: DayUse.BOTH, cast.day + timedelta(days=7): DayUse.BOTH}
    host, guest = (
        FixtureRequestFactory(season=cast.season, team=side.team, days=days)
        for side in (cast.host, cast.guest)
    )
    return FixtureFactory(
        season=cast.season,
        host_request=host,
        guest_request=guest,
        date=day or cast.day,
        state=FixtureState.CONFIRMED,
    )


def test_another_date_is_proposed_and_picked(reader: ReaderMaker, cast: Cast) -> None:
    fixture, other = agreed(cast), cast.day + timedelta(days=7)
    host = reader(**PHONE)
    host.sign_in(cast.host.officer)
    host.page.goto(fixture.get_absolute_url())
    host.page.get_by_role("link", name="Propose another date").tap()
    expect(host.page.get_by_role("group", name="Date 2")).to_be_hidden()
    host.page.get_by_role("group", name="Date 1").get_by_label("Day").fill(other.isoformat())
    host.page.locator(".date-more > summary").locator("visible=true").tap()
    expect(host.page.get_by_role("group", name="Date 2")).to_be_visible()
    host.fits()
    host.page.get_by_role("button", name="Offer these dates").tap()
    host.sees("Offered by the host")

    guest = reader()
    guest.sign_in(cast.guest.officer)
    guest.page.get_by_role("link", name="Other dates to pick from").click()
    guest.page.locator("#offers ~ ul a").first.click()
    guest.page.get_by_role("radio", name=re.compile(f"{other.day} {other:%B %Y}")).check()
    guest.page.get_by_role("button", name="Answer", exact=True).click()
    guest.sees("Another date agreed")

    visitor = reader()
    visitor.page.goto(f"/exchange/calendar/?month={other:%Y-%m}&view=list")
    visitor.sees(f"{cast.host.team} – {cast.guest.team}")
    fixture.refresh_from_db()
    assert (fixture.date, fixture.state) == (other, FixtureState.CONFIRMED)


def test_a_fixture_is_cancelled_and_the_other_side_told_why(reader: ReaderMaker, cast: Cast) -> None:
    fixture = agreed(cast)
    guest = reader(**PHONE)
    guest.sign_in(cast.guest.officer)
    guest.page.goto(fixture.get_absolute_url())
    guest.page.get_by_role("link", name="Cancel the fixture").tap()
    guest.page.get_by_label("Why?").fill("Half of us are ill.")
    guest.fits()
    guest.page.get_by_role("main").get_by_role("button").first.tap()
    guest.sees("cancelled")

    host = reader()
    host.sign_in(cast.host.officer)
    host.open_mail(cast.host.officer, "Cancelled")
    expect(host.page.frame_locator("iframe").locator("body")).to_contain_text("Half of us are ill.")

    visitor = reader()
    visitor.page.goto(fixture.get_absolute_url())
    visitor.sees("cancelled")
    expect(visitor.page.get_by_role("main")).not_to_contain_text("Half of us are ill.")


def test_a_result_is_entered_confirmed_and_public(reader: ReaderMaker, cast: Cast) -> None:
    fixture = agreed(cast, day=timezone.localdate() - timedelta(days=2))
    host = reader(**PHONE)
    host.sign_in(cast.host.officer)
    host.page.goto(fixture.get_absolute_url())
    host.page.get_by_label(str(cast.host.team), exact=True).fill("78")
    host.page.get_by_label(str(cast.guest.team), exact=True).fill("64")
    host.fits()
    host.page.get_by_role("button", name="Enter", exact=True).tap()
    host.sees("78 : 64")

    visitor = reader()
    visitor.page.goto(fixture.get_absolute_url())
    expect(visitor.page.get_by_role("main")).not_to_contain_text("78 : 64")

    guest = reader()
    guest.sign_in(cast.guest.officer)
    guest.page.goto(fixture.get_absolute_url())
    guest.page.get_by_role("button", name="Confirm this result").click()
    guest.sees("78 : 64")

    visitor.page.goto(cast.host.club.page.get_url())
    visitor.sees("78 : 64")
    fixture.refresh_from_db()
    assert fixture.state == FixtureState.RESULT_CONFIRMED


def test_a_visitor_writes_to_a_club_and_learns_no_address(reader: ReaderMaker, cast: Cast) -> None:
    writer = reader(**PHONE)
    writer.sign_in(cast.guest.officer)
    writer.page.goto(cast.host.club.page.get_url())
    writer.page.get_by_role("link", name="Write to the club").tap()
    writer.page.get_by_label("What is it about?").fill("A friendly in May")
    writer.page.get_by_label("Message").fill("Shall we meet on the river?")
    writer.page.get_by_label("The officers of the club may see").check()
    writer.fits()
    writer.page.get_by_role("button", name="Send").tap()
    writer.sees("Your message is on its way.")
    expect(writer.page.locator("body")).not_to_contain_text(cast.host.officer.email)

    officer = reader()
    officer.open_mail(cast.host.officer, "A friendly in May")
    mail = officer.page.frame_locator("iframe").locator("body")
    expect(mail).to_contain_text("Shall we meet on the river?")
    expect(mail).to_contain_text(cast.guest.officer.email)
