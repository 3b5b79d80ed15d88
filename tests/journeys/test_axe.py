"""axe-core finds nothing on public pages and on those of an officer, light on a phone and dark on a desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from exchange.enums import DayUse
from tests.factories import FixtureRequestFactory

from .cast import Cast
from .conftest import PHONE
from .reader import Reader

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("journeys"),
]

PUBLIC = (
    "/en/",
    "/ru/",
    "/en/universities/",
    "/exchange/opponents/",
    "/exchange/calendar/",
    "/exchange/fixtures/",
    "/research/",
    "/search/",
    "/search/?q=nothing-is-called-so",
    "/join/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/en/nothing/is/here/",
)
OFFICERS = ("/exchange/", "/notices/", "/accounts/email/", "/accounts/password/change/")
PHONE_LIGHT = {**PHONE, "color_scheme": "light"}
DESK_DARK = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}


@pytest.mark.parametrize("device", [PHONE_LIGHT, DESK_DARK], ids=["phone, light", "desk, dark"])
def test_axe_finds_nothing(reader: Callable[..., Reader], cast: Cast, device: dict[str, object]) -> None:
    asked = FixtureRequestFactory(season=cast.season, team=cast.guest.team, days={cast.day: DayUse.BOTH})
    club, university = cast.guest.team.club, cast.guest.university
    own = [page.get_url() for page in (club.page, university.page)]
    someone = reader(**device)
    found = _faults(someone, [*PUBLIC, *own, f"/exchange/opponents/{asked.pk}/"])
    someone.complaints.clear()  # of the page that is not there
    someone.sign_in(cast.guest.officer)
    found += _faults(someone, [*OFFICERS, f"/exchange/clubs/{club.pk}/", f"/exchange/requests/{asked.pk}/"])
    assert found == []


def _faults(someone: Reader, addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        someone.page.goto(address)
        someone.fits()
        for fault in Axe().run(someone.page).response["violations"]:
            found += [f"{address}: {fault['id']} at {node['target']}" for node in fault["nodes"]]
    return found
