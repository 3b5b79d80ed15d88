"""The environment, read once and typed; a wrong or missing value stops the start and says its name."""

from __future__ import annotations

import re
import sys
from typing import NoReturn
from urllib.parse import urlsplit

from environs import Env, EnvError, EnvNotSetError, validate

env = Env()


def stop(sentence: str) -> NoReturn:
    """Ends the process with one sentence instead of a traceback."""
    sys.exit(f"The portal cannot start. {sentence}")


def read(kind: str, name: str, **options):
    """One variable by environs' parser `kind` ("str", "int", "bool", "list", "dj_db_url", …)."""
    try:
        return getattr(env, kind)(name, **options)
    except EnvNotSetError:
        stop(f"{name} is not set.")
    except EnvError as fault:
        reason = re.sub(r'^Environment variable "\w+" invalid: ', "", str(fault)).strip("[]'\". ")
        stop(f"{name} has a wrong value: {reason}.")


def read_number(name: str, *, least: int, most: int | None = None, default: int) -> int:
    return read("int", name, default=default, validate=validate.Range(min=least, max=most))


def read_url(name: str, schemes: tuple[str, ...], **options) -> str:
    """A URL with one of `schemes` and a host, without its trailing slash."""
    value = read("str", name, **options).rstrip("/")
    if not _is_url(value, schemes):
        beginnings = " or ".join(f"{scheme}://" for scheme in schemes)
        stop(f"{name} has a wrong value: write a URL that begins with {beginnings}.")
    return value


def _is_url(value: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
