"""Where scripts are switched off: one reads, searches, signs in, changes the language and answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from exchange.enums import InvitationState

from .cast import Cast
from .conftest import PHONE
from .reader import Reader
from .test_keyboard import invited

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("journeys"),
]


def test_what_matters_works_without_scripts(reader: Callable[..., Reader], cast: Cast) -> None:
    fixture = invited(cast)
    someone = reader(java_script_enabled=False, **PHONE)
    page = someone.page
    page.goto("/en/")
    page.locator("summary", has_text="Menu").tap()
    page.get_by_role("searchbox").first.fill(cast.host.university.name)
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name=cast.host.university.name).first.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(cast.host.university.name)
    page.get_by_role("main").get_by_role("link", name=cast.host.club.name).first.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(cast.host.club.name)

    someone.sign_in(cast.host.officer)
    page.get_by_role("button", name="We play").tap()
    someone.sees("You have accepted")
    assert fixture.invitations.get(team=cast.host.team).state == InvitationState.ACCEPTED
    page.goto(f"/exchange/fixtures/{fixture.pk}/")
    page.locator("summary", has_text="Menu").tap()
    page.locator("summary", has_text="English").tap()
    page.get_by_role("button", name="Русский").tap()
    expect(page).to_have_url(f"/exchange/fixtures/{fixture.pk}/")
    assert page.locator("html").get_attribute("lang") == "ru"
