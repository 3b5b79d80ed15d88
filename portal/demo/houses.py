"""What stands on the ground floor fills itself: named by string, as in INSTALLED_APPS, never imported."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from importlib import import_module
from typing import Protocol

from .people import People
from .types import DemoContent


class House(Protocol):
    def seed(self, *, content: DemoContent, people: People, since: datetime, now: datetime) -> None: ...

    def begin(self, *, still_well: Callable[[], None], now: datetime) -> None:
        """Once, when all processes run; `still_well` raises when one has ended, call it while waiting."""

    def figures(self) -> Iterable[tuple[str, str]]:
        """What there is: name and value."""


def houses() -> Iterable[House]:
    return [import_module(name) for name in ("exchange.demo", "research.demo")]
