"""While Redis is away the portal is slower, and nothing else."""

from __future__ import annotations

import logging
from unittest.mock import Mock

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client

from portal.actions.universities import join_university
from portal.cache import PAUSE
from portal.embedded import embedded_redis, free_port
from tests.factories import UniversityFactory, UserFactory

from .outbox_rig import NOW

PASSWORD = "correct horse battery"


@pytest.fixture
def dead_redis(settings) -> int:
    """The port on which none listens."""
    return name_redis(settings, free_port())


def name_redis(settings, port: int, password: str = "") -> int:
    location = f"redis://:{password}@127.0.0.1:{port}/1"
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": location}}
    return port


def test_what_cannot_be_asked_is_a_miss_and_what_cannot_be_kept_is_forgotten(dead_redis):
    cache.set("a", 1)
    cache.set_many({"a": 1})
    assert cache.get("a") is None
    assert cache.get("a", "otherwise") == "otherwise"
    assert cache.get_many(["a", "b"]) == {}
    assert "a" not in cache
    assert cache.add("lock", True), "else who waits for a lock waits for ever"
    assert cache.incr("tries") == 1
    assert (cache.touch("a"), cache.delete("a")) == (False, False)
    assert cache.get_or_set("a", 5) == 5
    cache.delete_many(["a"])
    cache.clear()


@pytest.fixture
def clock(monkeypatch) -> Mock:
    """What the cache takes for the seconds."""
    clock = Mock(return_value=1000.0)
    monkeypatch.setattr("portal.cache.monotonic", clock)
    return clock


def test_an_outage_is_told_once_and_its_end_too(settings, tmp_path, clock, caplog):
    port = name_redis(settings, free_port(), "x")
    with caplog.at_level(logging.WARNING, "portal.cache"):
        for _minute in range(3):
            for _call in range(10):
                cache.get("a")
            clock.return_value += 60
        with embedded_redis(tmp_path, port, "x"):
            cache.set("a", 1)
            assert cache.get("a") == 1
    away, back = (record.getMessage() for record in caplog.records)
    assert away.startswith("the cache is away, the portal does without it: ")
    assert back == "the cache is back"


def test_a_redis_that_failed_is_left_alone_for_some_seconds(settings, tmp_path, clock):
    port = name_redis(settings, free_port(), "x")
    cache.get("a")
    with embedded_redis(tmp_path, port, "x"):
        cache.set("a", 1)
        assert cache.get("a") is None
        clock.return_value += PAUSE
        cache.set("a", 1)
        assert cache.get("a") == 1


@pytest.mark.django_db
def test_pages_and_the_sitemap_do_without_redis(dead_redis, client: Client):
    join_university(university=UniversityFactory(name="University of Minsk", slug="minsk"), now=NOW)
    assert "University of Minsk" in client.get("/en/universities/").content.decode()
    sitemap = client.get("/sitemap.xml")
    assert (sitemap.status_code, b"/en/universities/minsk/" in sitemap.content) == (200, True)


@pytest.mark.django_db
def test_people_sign_in_and_reset_passwords_without_redis(dead_redis, settings, client: Client):
    settings.ACCOUNT_RATE_LIMITS = {
        "login": "30/m/ip",
        "login_failed": "5/5m/key",
        "reset_password": "5/m/key",
    }
    user = UserFactory(email="ann@example.org", password=make_password(PASSWORD))
    wrong = client.post("/accounts/login/", {"login": user.email, "password": "wrong"})
    assert (wrong.status_code, "_auth_user_id" in client.session) == (200, False)
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Client().post("/accounts/password/reset/", {"email": user.email}).status_code == 302
