"""What waits for a person, told by every house: the dashboard of the CMS and the desk show it.

An app registers its sources in AppConfig.ready.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.models import User


@dataclass(frozen=True, slots=True)
class Waiting:
    #: A sentence with its number in it.
    text: str
    url: str
    count: int


Source = Callable[[User, datetime], Iterable[Waiting]]
_sources: list[Source] = []


def register_waiting(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def waiting_for(person: User, now: datetime) -> list[Waiting]:
    """Costs the same queries however much waits."""
    return [one for source in _sources for one in source(person, now) if one.count]
