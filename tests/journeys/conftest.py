"""A real browser and a running portal; `make test` skips these where Chromium is missing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, expect, sync_playwright

from portal.actions.site import lay_out_site

from .cast import Cast, gather_cast
from .reader import Reader
from .running_portal import RunningPortal, running_portal

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--font-render-hinting=none",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RESULTS = Path(__file__).resolve().parents[2] / "test-results"
#: Milliseconds: a mail or a run takes a few seconds on a busy machine.
PATIENCE = 20_000
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

report_of = pytest.StashKey[dict[str, pytest.TestReport]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    item.stash.setdefault(report_of, {})[report.when] = report
    return report


@pytest.fixture(scope="package")
def rows_of_migrations(django_db_setup: None) -> str:
    return connection._test_serialized_contents


@pytest.fixture(scope="package")
def chromium(rows_of_migrations: str) -> Iterator[Browser]:
    """Not pytest-playwright's: that one lasts to the end of all tests, and so does its event loop."""
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium on this machine: as root, apt install chromium")
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        # In a thread with an event loop Django refuses to query.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
        # The connection beside the loop would keep PostgreSQL from dropping the tests' database.
        connection.close()


@pytest.fixture(scope="package")
def portal(
    rows_of_migrations: str, chromium: Browser, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningPortal]:
    """Runs for all journeys. In the end the database is as the migrations left it, for who reuses it."""
    # Beside an event loop Django has another connection, which does not know what is to be restored.
    connection._test_serialized_contents = rows_of_migrations
    with running_portal(tmp_path_factory.mktemp("journeys")) as running:
        yield running
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(rows_of_migrations)


@pytest.fixture
def cast(transactional_db: None, portal: RunningPortal) -> Iterator[Cast]:
    with override_settings(BASE_URL=portal.url):
        lay_out_site(now=timezone.now())
        yield gather_cast()


@pytest.fixture
def reader(
    request: pytest.FixtureRequest, chromium: Browser, portal: RunningPortal
) -> Iterator[Callable[..., Reader]]:
    """Somebody with a browser of their own: `reader(**options of the browser context)`."""
    readers: list[Reader] = []

    def sit_down(**options: object) -> Reader:
        context = chromium.new_context(base_url=portal.url, locale="en-GB", **options)
        context.set_default_timeout(PATIENCE)
        readers.append(Reader(context.new_page()))
        return readers[-1]

    yield sit_down
    if not request.node.stash[report_of]["call"].passed:
        RESULTS.mkdir(exist_ok=True)
        for number, one in enumerate(readers, start=1):
            one.page.screenshot(path=RESULTS / f"{request.node.name}-{number}.png", full_page=True)
    for one in readers:
        one.page.context.close()
    assert [complaint for one in readers for complaint in one.complaints] == []
