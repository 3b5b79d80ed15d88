"""A wrong or missing value stops the start and says its name; production settings pass Django's own check."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READ_SETTINGS = (
    "import sys; from django.conf import settings; print(*(getattr(settings, n) for n in sys.argv[1:]))"
)
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "0123456789" * 5 + "abcdefg",
    "DATABASE_URL": "postgres://portal:secret@db.example.org/portal",
    "REDIS_URL": "redis://redis.example.org:6379",
    "EMAIL_URL": "submission://portal:secret@mail.example.org",
    "BASE_URL": "https://exchange.example.org",
}
LOCAL = {"DJANGO_SETTINGS_MODULE": "portal.settings.local"}


def python(folder: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """A fresh interpreter that knows nothing of this test run's environment."""
    bare = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=bare | environment, capture_output=True, text=True, check=False
    )


def shown(folder: Path, environment: dict[str, str], *names: str) -> str:
    """Values of settings, as a line."""
    return python(folder, environment, "-c", READ_SETTINGS, *names).stdout.strip()


def refused(folder: Path, environment: dict[str, str]) -> str:
    """What a start says that does not come about."""
    ended = python(folder, environment, "-c", READ_SETTINGS, "DEBUG")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.count("\n") == 1
    return ended.stderr.strip()


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "BASE_URL"])
def test_production_does_not_start_without(name: str, tmp_path: Path):
    environment = {key: value for key, value in PRODUCTION.items() if key != name}
    assert refused(tmp_path, environment) == f"The portal cannot start. {name} is not set."


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "exchange.example.org"),
        ("BASE_URL", "https://"),
        ("BASE_URL", "http://exchange.example.org"),
        ("DATABASE_URL", "mysql://portal@db.example.org/portal"),
        ("DATABASE_URL", "postgres://db.example.org"),
        ("DATABASE_URL", "nonsense"),
        ("EMAIL_TIMEOUT", "0"),
        ("EMAIL_URL", "imap://mail.example.org"),
        ("IMAP_URL", "pop3://mail.example.org"),
        ("INBOUND_DAYS", "0"),
        ("LOG_LEVEL", "LOUD"),
        ("MATCHING_BUDGET", "soon"),
        ("MATCHING_BUDGET", "0"),
        ("PORT", "70000"),
        ("REDIS_URL", "http://redis.example.org"),
        ("REDIS_URL", "redis://redis.example.org:port"),
        ("REDIS_URL", "redis://redis.example.org/3"),
        ("REPLY_ADDRESS", "portal+answers@example.org"),
        ("REPLY_ADDRESS", "Portal <portal@example.org>"),
        ("SECRET_KEY", "short"),
        ("SECURE_HSTS_SECONDS", "-1"),
        ("SECURE_SSL_REDIRECT", "perhaps"),
        ("TRUSTED_PROXIES", "many"),
    ],
)
def test_a_wrong_value_stops_the_start_by_name(name: str, value: str, tmp_path: Path):
    assert refused(tmp_path, PRODUCTION | {name: value}).startswith(f"The portal cannot start. {name} ")


def test_a_secret_is_not_shown_in_the_sentence(tmp_path: Path):
    sentence = refused(tmp_path, PRODUCTION | {"REDIS_URL": "redis://:hush@redis.example.org/1"})
    assert "hush" not in sentence


def test_production_passes_djangos_check(tmp_path: Path):
    ended = python(tmp_path, PRODUCTION, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "System check identified no issues (1 silenced).\n"


def test_production_redirects_to_https_and_says_so_for_a_year(tmp_path: Path):
    names = ["DEBUG", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "ALLOWED_HOSTS"]
    assert shown(tmp_path, PRODUCTION, *names) == "False True 31536000 True ['exchange.example.org']"


def test_without_a_proxy_its_headers_are_not_believed(tmp_path: Path):
    names = ["SECURE_PROXY_SSL_HEADER", "ALLAUTH_TRUSTED_PROXY_COUNT"]
    assert shown(tmp_path, PRODUCTION, *names) == "('HTTP_X_FORWARDED_PROTO', 'https') 1"
    assert shown(tmp_path, PRODUCTION | {"TRUSTED_PROXIES": "0"}, *names) == "None 0"


def test_the_local_set_up_needs_nothing_and_hides_errors(tmp_path: Path):
    assert shown(tmp_path, LOCAL, "BASE_URL", "DEBUG") == "http://127.0.0.1:8000 False"


def test_the_local_address_follows_the_port(tmp_path: Path):
    assert shown(tmp_path, LOCAL | {"PORT": "8123"}, "BASE_URL") == "http://127.0.0.1:8123"


def test_the_local_secret_is_made_once_and_is_private(tmp_path: Path):
    first = shown(tmp_path, LOCAL, "SECRET_KEY")
    assert len(first) >= 50
    assert shown(tmp_path, LOCAL, "SECRET_KEY") == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_mail_is_caught_only_where_no_mail_server_is_named(tmp_path: Path):
    names = ["MAIL_CATCHER_DIR", "EMAIL_HOST"]
    assert shown(tmp_path, LOCAL, *names) == f"{tmp_path / 'mail'} 127.0.0.1"
    named = LOCAL | {"EMAIL_URL": "smtp://mail.example.org"}
    assert shown(tmp_path, named, *names) == "None mail.example.org"


def test_commands_find_the_servers_that_the_demo_runs(tmp_path: Path):
    (tmp_path / "servers.json").write_text('{"REDIS_URL": "redis://127.0.0.1:7001"}')
    assert shown(tmp_path, LOCAL, "CELERY_BROKER_URL") == "redis://127.0.0.1:7001/0"
    named = LOCAL | {"REDIS_URL": "redis://127.0.0.1:7002"}
    assert shown(tmp_path, named, "CELERY_BROKER_URL") == "redis://127.0.0.1:7002/0"


def test_a_folder_that_cannot_be_written_is_named():
    sentence = refused(Path("/proc/nowhere"), LOCAL)
    assert sentence.startswith("The portal cannot start. /proc/nowhere/secret-key cannot be written: ")


def test_sqlite_waits_for_its_lock_and_postgresql_not_for_a_dead_server(tmp_path: Path):
    assert "'transaction_mode': 'IMMEDIATE'" in shown(tmp_path, LOCAL, "DATABASES")
    assert "'connect_timeout': 10" in shown(tmp_path, PRODUCTION, "DATABASES")
