"""The servers that `make demo` started: commands and workers find them in a file."""

from __future__ import annotations

import json
from pathlib import Path

from .folders import VAR_DIR

#: Written by the demo while it runs: {"REDIS_URL": …, "EMAIL_URL": …}. It holds a password.
SERVERS_FILE: Path = VAR_DIR / "servers.json"


def running_servers() -> dict[str, str]:
    try:
        servers = json.loads(SERVERS_FILE.read_text())
    except (OSError, ValueError):
        return {}
    return servers if isinstance(servers, dict) else {}
