"""A secret made once and kept in a file that only its owner reads."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from .environment import stop


def kept_secret(path: Path) -> str:
    """The secret in `path`, made on first use; processes that start at once agree on one."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_once(path, secrets.token_urlsafe(50))
        return path.read_text()
    except OSError as fault:
        stop(f"{path} cannot be written: {fault.strerror}. Free some space or set VAR_DIR to another folder.")


def _write_once(path: Path, text: str) -> None:
    """A complete file appears under its name or none does; the first writer wins."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent) as draft:
        draft.write(text)
        draft.flush()
        with suppress(FileExistsError):
            os.link(draft.name, path)
