"""Where things lie; read before all other settings, since some of them are kept in files there."""

from __future__ import annotations

from pathlib import Path

from .environment import read

BASE_DIR = Path(__file__).resolve().parents[2]
#: Everything the running portal writes: embedded database, Valkey's log, caught mail, uploads.
VAR_DIR = read("path", "VAR_DIR", default=BASE_DIR / "var")
