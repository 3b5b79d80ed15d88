"""One test a security header."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from portal.actions.site import lay_out_site

from .cms_forms import university_form
from .tenants import Tenant
from .test_settings import PRODUCTION, python

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/en/",
    "/en/universities/",
    "/accounts/login/",
    "/accounts/signup/",
    "/nothing/",
    "/robots.txt",
    "/sitemap.xml",
]

SHOW_HEADERS = """
import django; django.setup()
from django.test import Client
answer = Client(headers={"host": "exchange.example.org", "x-forwarded-proto": "https"}).get("/robots.txt")
print(answer.status_code, answer.headers["Strict-Transport-Security"])
"""


def policy(response) -> dict[str, list[str]]:
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in parts}


@pytest.fixture(autouse=True)
def site(db: None) -> None:
    lay_out_site(now=timezone.now())


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_run_and_style_by_own_files_only(client: Client, path: str):
    said = policy(client.get(path))
    assert said["default-src"] == ["'none'"]
    assert said["script-src"] == said["style-src"] == ["'self'"]
    assert said["form-action"] == said["frame-ancestors"] == ["'self'"]
    assert said["base-uri"] == ["'none'"]


def test_the_cms_may_write_scripts_into_its_pages(coordinator: Client, mine: Tenant):
    said = policy(coordinator.get(f"/cms/pages/{mine.page.pk}/edit/"))
    assert said["default-src"] == ["'none'"]
    assert said["script-src"] == said["style-src"] == ["'self'", "'unsafe-inline'"]
    assert policy(coordinator.get(mine.page.url))["script-src"] == ["'self'"]


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_the_same_header_on_every_page(client: Client, path: str, header: str, value: str):
    assert client.get(path).headers[header] == value


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("feature", ["camera", "geolocation", "microphone", "payment"])
def test_no_page_may_use_the_browsers_senses(client: Client, path: str, feature: str):
    assert f"{feature}=()" in client.get(path).headers["Permissions-Policy"].split(", ")


def test_the_cms_may_frame_its_own_previews(coordinator: Client, mine: Tenant):
    preview = f"/cms/pages/{mine.page.pk}/edit/preview/"
    coordinator.post(preview, university_form(mine.page, "<p>Seen before it is published.</p>"))
    response = coordinator.get(preview)
    assert "Seen before it is published." in response.content.decode()
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_browsers_keep_to_https_in_production(tmp_path: Path):
    ended = python(tmp_path, PRODUCTION, "-W", "ignore", "-c", SHOW_HEADERS)
    assert ended.stdout.strip() == "200 max-age=31536000; includeSubDomains; preload", ended.stderr
