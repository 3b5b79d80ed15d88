"""Which pages are measured, and what can be counted of each without a clock: queries and bytes."""

from __future__ import annotations

import gzip
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    name: str
    address: str
    queries: int
    queries_kept: int
    size: int
    #: By gzip, as a web server in front sends it.
    packed: int


def seen() -> list[Seen]:
    """After the environment is complete: this reads the settings."""
    import django

    django.setup()
    return [_seen(name, address) for name, address in _addresses().items()]


def _addresses() -> dict[str, str]:
    """Of the university with most clubs, and the club with most fixtures."""
    from django.db.models import Count
    from django.urls import reverse
    from django.utils.translation import override

    from exchange.models import Club, Fixture
    from portal.models import HomePage, UniversityPage

    clubs = Count("university__clubs", distinct=True)
    university = UniversityPage.objects.live().annotate(n=clubs).order_by("-n", "pk").first()
    hosts = Fixture.objects.order_by().values("host__club").annotate(n=Count("pk"))
    busiest = hosts.order_by("-n", "host__club").first()
    home = HomePage.objects.live().order_by("pk").first()
    if not (university and busiest and home):
        from .pages import CannotMeasure

        raise CannotMeasure("The database is not filled: docs/benchmarks.md says how.")
    with override("en"):
        return {
            "home": home.url,
            "university": university.url,
            "club": Club.objects.get(pk=busiest["host__club"]).page.url,
            "fixtures": reverse("exchange:fixtures"),
            "search": f"{reverse('search')}?q=rowing",
        }


def _seen(name: str, address: str) -> Seen:
    from django.test import override_settings

    with override_settings(PAGE_CACHE_SECONDS=0, PART_CACHE_SECONDS=0):
        drawn, body = _asked(address)
    with override_settings(PAGE_CACHE_SECONDS=60):
        _asked(address)
        kept, _ = _asked(address)
    return Seen(name, address, drawn, kept, len(body), len(gzip.compress(body, 6)))


def _asked(address: str) -> tuple[int, bytes]:
    """Asked twice: what only the first of a process asks is not counted."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1", HTTP_X_FORWARDED_PROTO="https")
    client.get(address)
    client = Client(SERVER_NAME="127.0.0.1", HTTP_X_FORWARDED_PROTO="https")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, f"{address} answers {answer.status_code}"
    return len(queries), answer.content
