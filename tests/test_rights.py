"""Every route × every role × one's own or another university's object: tests/rights/table says what comes."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from portal.enums import UniversityRole
from tests.rights import roles_page
from tests.rights.routes import all_routes
from tests.rights.rows import Role
from tests.rights.table import ROWS
from tests.rights.walk import Walk
from tests.rights.world import World, build_world

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.xdist_group("rights"),  # one world is made for all of them
    # Wagtail leaves the files of pictures to the collector.
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """Made once and rolled back; each request that is made in it is rolled back as well."""
    # Documents are served from files.
    files = override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        STORAGES=settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}},
    )
    with django_db_blocker.unblock(), transaction.atomic(), files:
        # Wagtail keeps in the cache where the site begins.
        cache.clear()
        yield build_world()
        cache.clear()
        transaction.set_rollback(True)


def signed_in(world: World, role: Role) -> Client:
    client = Client()
    if role == Role.HOLDER:
        link = reverse("exchange:answer_link", kwargs=world.home.objects["link"])
        assert client.get(link).status_code == 302
    elif role == Role.ADMINISTRATOR:
        client.force_login(world.administrator)
    elif role != Role.VISITOR:
        client.force_login(world.home.people[role.name.lower()])
    return client


def test_the_table_lists_the_routes_there_are() -> None:
    there, listed = set(all_routes()), {row.route for row in ROWS}
    assert not there - listed, f"not in tests/rights/table: {sorted(there - listed)}"
    assert not listed - there, f"in tests/rights/table, but no such route: {sorted(listed - there)}"


@pytest.mark.parametrize("role", Role, ids=lambda role: role.name.lower())
def test_each_role_meets_what_the_table_says(world: World, role: Role) -> None:
    client = signed_in(world, role)
    walk = Walk(role, client, deepcopy(client.cookies), world, all_routes())
    faults = walk.over(ROWS)
    assert not faults, f"{len(faults)} faults for a {role}:\n" + "\n".join(faults)


def test_the_page_on_roles_names_the_roles_there_are() -> None:
    assert roles_page.heads()
    assert all(names == list(Role) for names in roles_page.heads())
    assert {role.value for role in UniversityRole} <= set(Role)


def test_the_page_on_roles_promises_what_the_table_says() -> None:
    table = {(row.route, row.of): row.cells for row in reversed(ROWS)}
    for route, of, promised in roles_page.promises():
        said = {role: roles_page.word(cell) for role, cell in table[route, of].items()}
        assert promised == said, f"{route} {of} in {roles_page.PAGE}"
