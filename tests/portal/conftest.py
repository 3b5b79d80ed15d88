from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from .outbox_rig import smtp_sink
from .smtp_sink import SmtpSink
from .tenants import SECRET, SOUGHT, Tenant, make_tenant


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
