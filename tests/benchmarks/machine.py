"""Where and with what the figures were made."""

from __future__ import annotations

import os
import platform
import re
from datetime import date
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("numpy", "scipy", "highspy", "networkx", "rustworkx")


def memory() -> int:
    """Bytes in this machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def described(today: date, packages: tuple[str, ...] = PACKAGES) -> str:
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    return (
        f"{today.day} {today:%B %Y}; {_processor()}, {os.cpu_count()} cores, {memory() / 2**30:.0f} GB;"
        f" Python {platform.python_version()}, {versions}."
    )


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    found = re.search(
        r"^model name\s*: (.+)$", cpuinfo.read_text() if cpuinfo.is_file() else "", re.MULTILINE
    )
    return found[1] if found else platform.processor() or platform.machine()
