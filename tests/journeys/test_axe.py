"""axe-core finds nothing on any page: light on a phone and dark on a desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import reverse
from playwright.sync_api import Page

from portal.models import User
from tests.rights.rows import Role
from tests.rights.world import build_world
from tests.rights.world.sides import World

from .conftest import PHONE
from .every_page import Visit, every_page
from .reader import Reader
from .running_portal import RunningPortal

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("journeys"),
]

ReaderMaker = Callable[..., Reader]
DEVICES = {
    "phone, light": ({"width": 390, "height": 844}, "light"),
    "desk, dark": ({"width": 1280, "height": 900}, "dark"),
}
AXE = Axe().axe_script
#: What is folded away is looked at as well.
UNFOLD = "for (const one of document.querySelectorAll('main details')) one.open = true"
RUN = """() => axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations.flatMap(
  (rule) => rule.nodes.map((node) => `${rule.id} at ${node.target}: ${node.failureSummary}`)))"""
SEND = """data => {
  const form = document.createElement('form');
  const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
  form.method = 'post';
  for (const [name, value] of Object.entries({csrfmiddlewaretoken: token, ...data})) {
    const field = document.createElement('input');
    [field.type, field.name, field.value] = ['hidden', name, value];
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""


@pytest.fixture
def world(transactional_db: None, portal: RunningPortal) -> Iterator[World]:
    # Asleep: a worker awake would find opponents for those who look for them.
    with override_settings(BASE_URL=portal.url), portal.worker_asleep():
        yield build_world()


def test_axe_finds_nothing(reader: ReaderMaker, world: World) -> None:
    found: list[str] = []
    visits = sorted(every_page(world), key=lambda visit: list(Role).index(visit.role))
    for role, theirs in groupby(visits, key=lambda visit: visit.role):
        someone = arrived(reader, world, role)
        for visit in theirs:
            found += at(someone, visit)
    assert not found, "\n".join(found)


def test_axe_finds_nothing_where_something_went_wrong(reader: ReaderMaker, world: World) -> None:
    someone, found = arrived(reader, world, Role.OFFICER), []
    request = RequestFactory().get("/exchange/")
    request.user = person(world, Role.OFFICER)
    for status in (403, 500):
        someone.page.goto("/healthz")
        someone.page.set_content(render_to_string(f"{status}.html", request=request))
        found += [f"{status}: {fault}" for fault in faults(someone)]
    someone.page.goto("/notices/")
    send(someone.page, {"csrfmiddlewaretoken": "another"})
    someone.sees("The form was too old")
    found += [f"403_csrf: {fault}" for fault in faults(someone)]
    someone.complaints.clear()
    assert not found, "\n".join(found)


def arrived(reader: ReaderMaker, world: World, role: Role) -> Reader:
    """Colours change at once, not within a moment."""
    someone = reader(**PHONE, reduced_motion="reduce")
    if role == Role.HOLDER:
        someone.page.goto(reverse("exchange:answer_link", kwargs=world.home.objects["link"]))
    elif role != Role.VISITOR:
        someone.is_signed_in(person(world, role))
    return someone


def person(world: World, role: Role) -> User:
    return world.administrator if role == Role.ADMINISTRATOR else world.home.people[role.name.lower()]


def at(someone: Reader, visit: Visit) -> list[str]:
    response = someone.page.goto(visit.path)
    if response.status != visit.status:
        return [f"{visit.path}: {response.status} for a {visit.role}"]
    if visit.sent:
        send(someone.page, visit.sent)
    found = [f"{visit.path} for a {visit.role}, {fault}" for fault in faults(someone)]
    if visit.sent or visit.status != 200:
        someone.complaints.clear()
    return found


def send(page: Page, data: dict[str, str]) -> None:
    with page.expect_navigation():
        page.evaluate(SEND, data)


def faults(someone: Reader) -> Iterator[str]:
    someone.page.evaluate(AXE)
    someone.page.evaluate(UNFOLD)
    for device, (viewport, scheme) in DEVICES.items():
        someone.page.set_viewport_size(viewport)
        someone.page.emulate_media(color_scheme=scheme)
        someone.fits()
        yield from (f"{device}: {fault}" for fault in someone.page.evaluate(RUN))
