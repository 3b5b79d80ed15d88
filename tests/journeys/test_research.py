"""From a draft to joint work: written, published, found, answered, joined, and private files read."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from portal.actions.universities import appoint
from portal.enums import UniversityRole
from portal.models import University, User
from research.actions.profiles import save_profile
from research.enums import Visibility
from research.models import Project
from tests.factories import UserFactory

from .cast import HASHED, Cast
from .conftest import PHONE
from .reader import Reader
from .test_journeys import ReaderMaker

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("journeys"),
]

TITLE = "Sleep of rowers before a regatta"
CALL = "A laboratory for saliva samples"


def test_from_a_draft_to_the_files_of_the_members(reader: ReaderMaker, cast: Cast, tmp_path: Path) -> None:
    vera, olga = (
        researcher_of(side.university, name)
        for side, name in ((cast.host, "Vera Orlova"), (cast.guest, "Olga Petrova"))
    )
    lead, guest = reader(), reader(**PHONE)
    lead.is_signed_in(vera)
    guest.is_signed_in(olga)

    drafts(lead)
    publishes(reader(), cast.host.coordinator)
    calls_for_partners(lead)
    uploads(lead, tmp_path)

    finds_by_theme(guest)
    expresses_interest(guest)
    invites(lead, "Olga Petrova")
    joins(guest, olga)
    file = reads_the_protocol(guest)

    stranger = reader()
    stranger.is_signed_in(UserFactory(email="stranger@example.org", password=HASHED))
    for address in (f"/research/projects/{Project.objects.get().pk}/space/", file):
        assert guest.page.request.get(address).status == 200
        assert stranger.page.request.get(address).status == 404


def researcher_of(university: University, name: str) -> User:
    first_name, last_name = name.split()
    email = f"{first_name}@{university.slug}.example".lower()
    person = UserFactory(email=email, password=HASHED, first_name=first_name, last_name=last_name)
    appoint(user=person, university=university, role=UniversityRole.RESEARCHER)
    facts = {name: [] for name in ("methods", "languages", "sports", "open_to")}
    save_profile(
        person=person,
        name=name,
        about="I measure how people sleep.",
        university=university,
        orcid="",
        fields=["3.3"],
        visibility=Visibility.NOBODY,
        now=timezone.now(),
        **facts,
    )
    return person


def drafts(lead: Reader) -> None:
    page = lead.page
    page.goto("/research/mine/")
    page.get_by_role("link", name="List a project").first.click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_role("button", name="Keep as a draft").click()
    page.get_by_label("Summary").fill("We follow rowers for a season and ask how they sleep.")
    page.get_by_label("Status").select_option(label="seeking partners")
    page.get_by_label("Physiology", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_url(f"/research/projects/{Project.objects.get().pk}/")
    page.get_by_role("link", name="See what becomes public, and send it").click()
    lead.sees("We follow rowers for a season")
    page.get_by_label(re.compile("^I have read what becomes public")).check()
    page.get_by_role("button", name="Send to the moderator").click()
    lead.sees("reads it")


def publishes(moderator: Reader, coordinator: User) -> None:
    moderator.is_signed_in(coordinator)
    moderator.open_mail(coordinator, TITLE).click()
    moderator.sees("We follow rowers for a season")
    moderator.page.get_by_role("button", name="Publish").click()
    expect(moderator.page.locator("body")).to_contain_text("The project is published.")
    assert Project.objects.get().page.live


def calls_for_partners(lead: Reader) -> None:
    page = lead.page
    page.goto(Project.objects.get().page.get_url())
    page.get_by_role("link", name="Call for partners").click()
    page.get_by_label("What do you look for, in one line?").fill(CALL)
    page.get_by_label("What would a partner do, and what do they get?").fill("You analyse samples.")
    until = timezone.localdate() + timedelta(days=60)
    page.get_by_label("Until when can people answer?").fill(until.isoformat())
    page.get_by_role("button", name="Open the call").click()
    lead.sees(CALL)


def uploads(lead: Reader, folder: Path) -> None:
    """And plans, so that the drawing is there to be seen."""
    page = lead.page
    protocol = folder / "Protocol.txt"
    protocol.write_text("We take the samples at six.")
    page.goto(Project.objects.get().page.get_url())
    page.get_by_role("link", name="To the project’s space").click()
    page.get_by_role("link", name="Add a milestone").click()
    page.get_by_label("What is to be reached?").fill("Ethics vote")
    page.get_by_label("Until when?").fill("2030-06-30")
    page.get_by_role("button", name="Add the milestone").click()
    page.get_by_label("Which file?").set_input_files(protocol)
    page.get_by_role("button", name="Upload the file").click()
    lead.sees("Protocol.txt")


def finds_by_theme(guest: Reader) -> None:
    page = guest.page
    page.goto("/research/")
    theme = page.get_by_role("checkbox", name="Physiology")
    if not theme.is_visible():
        page.get_by_text("Narrow down").tap()
    theme.check()
    expect(page).to_have_url(re.compile("theme=physiology"))
    guest.fits()
    page.get_by_role("link", name=TITLE).first.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    guest.fits()


def expresses_interest(guest: Reader) -> None:
    page = guest.page
    page.get_by_role("link", name=CALL).first.tap()
    page.get_by_role("link", name="Answer this call").tap()
    page.get_by_label("What would you bring, and why this project?").fill("We have a laboratory in Pinsk.")
    page.get_by_role("button", name="Send my answer").tap()
    expect(page).to_have_url(re.compile("/research/interests/"))
    guest.sees(CALL)


def invites(lead: Reader, name: str) -> None:
    page = lead.page
    page.goto(f"/research/projects/{Project.objects.get().pk}/desk/")
    lead.sees("We have a laboratory in Pinsk.")
    page.get_by_role("button", name=re.compile(f"^Invite.*{name}")).click()
    expect(page.get_by_role("button", name=re.compile(f"^Invite.*{name}"))).to_have_count(0)


def joins(guest: Reader, person: User) -> None:
    guest.open_mail(person, "You are invited to the project").tap()
    guest.page.get_by_role("button", name="Join the project").tap()
    guest.sees("You work together now")
    guest.page.get_by_role("link", name="To the project’s space").tap()
    guest.sees("Project space, for members only")
    guest.sees("Ethics vote")
    expect(guest.page.get_by_role("img", name="Timeline of the milestones")).to_be_visible()
    guest.fits()


def reads_the_protocol(guest: Reader) -> str:
    """Its address."""
    link = guest.page.get_by_role("link", name="Protocol.txt", exact=True)
    with guest.page.expect_download() as waiting:
        link.tap()
    assert waiting.value.path().read_text() == "We take the samples at six."
    return str(link.get_attribute("href"))
