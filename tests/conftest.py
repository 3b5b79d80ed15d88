"""Servers and people that tests share. Without DATABASE_URL and REDIS_URL everything is embedded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils import translation

from portal.embedded import embedded_redis

from .migrated import MigratesOnce, copied

SHARED = Path(__file__).resolve().parents[2] / "shared"
_servers = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    if settings.STARTS_REDIS:
        url = urlsplit(settings.REDIS_URL)
        _servers.enter_context(embedded_redis(settings.VAR_DIR / "valkey", url.port, url.password))
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(MigratesOnce())


def pytest_unconfigure(config: pytest.Config) -> None:
    _servers.close()
    if settings.OWNS_VAR_DIR:
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A page answered in another language leaves that language active in the thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def django_db_keepdb(
    request: pytest.FixtureRequest, django_db_keepdb: bool, django_db_modify_db_settings: None
) -> Iterator[bool]:
    """A copy is kept as it is: Django finds nothing to migrate in it."""
    migrated = getattr(request.config, "workerinput", {}).get("migrated")
    with copied(migrated) if migrated else nullcontext():
        yield django_db_keepdb or bool(migrated)


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared instances (../shared) are not beside this checkout")
    return SHARED
