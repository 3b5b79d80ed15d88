"""A university joins, its coordinator comes in, and its first pages are written, approved and translated."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect

from exchange.models import ClubPage
from portal.actions.universities import appoint
from portal.enums import UniversityRole
from portal.models import User
from tests.factories import UserFactory

from .cast import HASHED, PASSWORD, Cast
from .conftest import PHONE
from .reader import Reader

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("journeys"),
]

ReaderMaker = Callable[..., Reader]
REGISTER = Path(__file__).parents[1] / "portal" / "data" / "ror-schema-2.json"
NAME = "Belarusian State University"


def test_a_university_joins_and_its_coordinator_founds_a_club(reader: ReaderMaker, cast: Cast) -> None:
    call_command("import_universities", REGISTER, stdout=StringIO())
    administrator = UserFactory(email="head@portal.example", password=HASHED, is_superuser=True)
    asker = reader(**PHONE)
    asker.page.goto("/join/")
    asker.page.get_by_label("Name or city of your university").fill("Белорусский госуд")
    asker.page.get_by_role("link", name=NAME).tap()
    sign_up(asker, "dean@bsu.example")
    asker.sees(f"Join with {NAME}")
    asker.page.get_by_label("Your name").fill("Olga Dean")
    asker.page.get_by_label("What you do there").fill("Head of the sport department")
    asker.page.get_by_label("office", exact=False).first.fill("sport@bsu.example")
    asker.fits()
    asker.page.get_by_role("button", name="Ask to join").tap()
    asker.sees("We check who asks")

    decides = reader()
    decides.sign_in(administrator)
    decides.open_mail(administrator, f"{NAME}").click()
    decides.sees("Olga Dean, Head of the sport department")
    decides.page.get_by_label("E-mail address of the coordinator").fill("coach@bsu.example")
    decides.page.get_by_role("button", name="Approve").click()
    decides.sees(f"{NAME} takes part")

    coordinator = reader(**PHONE)
    coordinator.open_mail(User.objects.get(email="coach@bsu.example"), f"{NAME} takes part").tap()
    for label in ("New password", "New password, once more"):
        coordinator.page.get_by_label(label, exact=True).fill(PASSWORD)
    coordinator.page.get_by_role("button", name="Set the password").tap()
    coordinator.page.get_by_label("E-mail").fill("coach@bsu.example")
    coordinator.page.get_by_label("Password", exact=True).fill(PASSWORD)
    coordinator.page.get_by_role("main").get_by_role("button", name="Sign in").tap()
    expect(coordinator.page).to_have_url("/exchange/")
    coordinator.sees("has no club yet")
    coordinator.page.get_by_role("link", name="Found a club").first.tap()
    coordinator.page.get_by_label("Name of the club").fill("BSU Rowers")
    coordinator.page.get_by_role("button", name="Found the club").tap()
    coordinator.sees("The club is founded.")
    coordinator.page.get_by_role("link", name="See the club’s page").tap()
    expect(coordinator.page.get_by_role("heading", level=1)).to_have_text("BSU Rowers")
    coordinator.fits()
    coordinator.page.get_by_role("link", name="Edit this page").tap()
    expect(coordinator.page).to_have_url(re.compile("/cms/pages/"))


def test_an_editor_submits_and_a_coordinator_publishes_and_translates(
    reader: ReaderMaker, cast: Cast
) -> None:
    club = cast.host.club
    person = UserFactory(email="editor@minsk.example", password=HASHED)
    appoint(user=person, university=cast.host.university, role=UniversityRole.EDITOR)
    editor = reader()
    editor.is_signed_in(person)
    editor.page.goto(f"/cms/pages/{club.page.pk}/edit/")
    quotation = add_block(editor.page, "Quotation")
    quotation.get_by_label("Quotation").last.fill("The river decides.")
    quotation.get_by_label("Who said it").fill("Our coach")
    heading = add_block(editor.page, "Heading")
    heading.locator("input[name$='-value']:visible").fill("How to find us")
    choose(editor.page, "Submit")
    expect(editor.page.locator(".messages")).to_contain_text("submitted")

    visitor = reader()
    visitor.page.goto(club.page.get_url())
    expect(visitor.page.get_by_role("main")).not_to_contain_text("The river decides.")

    coordinator = reader()
    coordinator.is_signed_in(cast.host.coordinator)
    coordinator.page.goto("/cms/")
    coordinator.page.get_by_role("link", name="1 page waits for you to publish it").click()
    coordinator.page.get_by_role("link", name=club.name).first.click()
    choose(coordinator.page, "Approve and Publish")
    expect(coordinator.page.locator(".messages")).to_contain_text("updated")
    visitor.page.reload()
    visitor.sees("The river decides.")
    visitor.sees("You need not have played before.")

    in_russian(coordinator, club.page)
    visitor.page.locator(".site-header summary", has_text="English").click()
    visitor.page.get_by_role("link", name="Русский").click()
    expect(visitor.page).to_have_url(re.compile(r"/ru/.*rowers"))
    visitor.sees("Река решает.")
    expect(visitor.page.get_by_role("main")).not_to_contain_text("The river decides.")
    visitor.page.locator(".site-header summary", has_text="Русский").click()
    visitor.page.get_by_role("link", name="English").click()
    visitor.sees("The river decides.")


def sign_up(someone: Reader, email: str) -> None:
    someone.page.get_by_role("link", name="I have no account yet").tap()
    someone.page.get_by_label("E-mail").fill(email)
    someone.page.get_by_label("Password", exact=True).fill(PASSWORD)
    someone.page.get_by_label("Password, once more").fill(PASSWORD)
    someone.page.get_by_role("button", name="Create the account").tap()
    someone.sees("We have sent you a link.")
    someone.open_mail(User.objects.get(email=email), "Confirm").tap()
    someone.page.get_by_role("button", name="Yes, confirm it").tap()


def in_russian(coordinator: Reader, page: ClubPage) -> None:
    coordinator.page.goto(f"/cms/pages/{page.pk}/edit/")
    coordinator.page.locator("#w-slim-header-buttons .w-dropdown__toggle").click()
    coordinator.page.get_by_role("link", name="Translate").click()
    coordinator.page.get_by_role("button", name=re.compile("New translation: Russian")).click()
    coordinator.page.get_by_label("Quotation").last.fill("Река решает.")
    choose(coordinator.page, "Publish")
    expect(coordinator.page.locator(".messages")).to_contain_text("published")


def add_block(page: Page, name: str) -> Locator:
    """The block itself, once it is there: what is typed earlier lands in another one."""
    blocks = page.locator("[data-streamfield-child]")
    page.get_by_role("button", name="Insert a block").last.click()
    before = blocks.count()
    page.get_by_role("option", name=re.compile(f"^{name}")).first.click()
    expect(blocks).to_have_count(before + 1)
    return blocks.nth(before)


def choose(page: Page, action: str) -> None:
    """The button at the foot of the page's form, or one that is folded away behind it."""
    button = page.locator("footer").get_by_role("button", name=re.compile(f"^{action}"))
    if not button.first.is_visible():
        page.locator("footer .w-dropdown__toggle").click()
    button.first.click()
