"""Servers and people that tests share. Without DATABASE_URL and REDIS_URL everything is embedded."""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from portal.embedded import embedded_redis

SHARED = Path(__file__).resolve().parents[2] / "shared"
_servers = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Settings are read once, at import: the server must stand before them, and before xdist's workers start."""
    os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="portal-tests-"))
    if "REDIS_URL" not in os.environ:
        url = _servers.enter_context(embedded_redis(Path(os.environ["VAR_DIR"]) / "valkey"))
        os.environ["REDIS_URL"] = url


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        _servers.close()


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared instances (../shared) are not beside this checkout")
    return SHARED
