from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from portal.actions.site import lay_out_site
from portal.actions.universities import join_university
from portal.models import UniversityPage
from tests.factories import UniversityFactory

from .outbox_rig import smtp_sink
from .smtp_sink import SmtpSink
from .tenants import SECRET, SOUGHT, Tenant, make_tenant


@pytest.fixture
def minsk(db: None) -> UniversityPage:
    """The site, with one university that has joined."""
    lay_out_site(now=timezone.now())
    university = UniversityFactory(name="University of Minsk", slug="minsk")
    return join_university(university=university, now=timezone.now())


@pytest.fixture
def mine(db: None) -> Tenant:
    return make_tenant("Home University", "own")


@pytest.fixture
def theirs(mine: Tenant) -> Tenant:
    return make_tenant("Other University", f"{SOUGHT} {SECRET}")


@pytest.fixture
def coordinator(mine: Tenant) -> Client:
    client = Client()
    client.force_login(mine.coordinator)
    return client


@pytest.fixture
def editor(mine: Tenant) -> Client:
    client = Client()
    client.force_login(mine.editor)
    return client


@pytest.fixture
def sink(settings) -> Iterator[SmtpSink]:
    """A mail server on loopback that the settings name; it may be told to misbehave."""
    with smtp_sink(settings) as sink:
        yield sink
