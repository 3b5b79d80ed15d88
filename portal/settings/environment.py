"""The environment, read once and typed; a wrong or missing value stops the start and says its name."""

from __future__ import annotations

import sys
from typing import NoReturn
from urllib.parse import urlsplit

from environs import Env, EnvError

env = Env()


def stop(sentence: str) -> NoReturn:
    """Ends the process with one sentence instead of a traceback."""
    sys.exit(f"The portal cannot start. {sentence}")


def read(kind: str, name: str, **options):
    """One variable by environs' parser `kind` ("str", "int", "bool", "list", "dj_db_url", …)."""
    try:
        return getattr(env, kind)(name, **options)
    except EnvError as fault:
        stop(f"{name}: {str(fault).rstrip('.')}.")
    except (ValueError, KeyError, TypeError) as fault:
        stop(f"{name} has a value that cannot be read as {kind.removeprefix('dj_')}: {fault}.")


def read_url(name: str, schemes: tuple[str, ...], **options) -> str:
    """A URL with one of `schemes` and a host, without its trailing slash."""
    value = read("str", name, **options).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in schemes or not parts.hostname:
        stop(f"{name} is {value!r}; write a URL that begins with {' or '.join(f'{s}://' for s in schemes)}.")
    return value
