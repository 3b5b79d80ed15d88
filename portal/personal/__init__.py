"""What the portal keeps of a person, told and taken away by every house; the ground floor knows none of them.

An app registers itself in AppConfig.ready, as `portal.personal.own` does for the ground floor.
docs/explanation/personal-data.md says what is kept, and for how long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.models import User

#: What stands where a name stood.
FORMER_MEMBER = "former member"

Export = Callable[[User], dict[str, object]]
Erase = Callable[[User, datetime], None]
Sentences = Callable[[User], Iterable[str]]


def _nothing(person: User) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True)
class House:
    name: str
    #: What JSON can hold (dates and decimals too).
    export: Export
    #: Called in the transaction of the erasure, before the account goes.
    erase: Erase
    #: Why the person cannot go yet, each a sentence that says what to do first.
    hindrances: Sentences
    #: Names, addresses and iDs by which others may have written of them.
    names: Sentences


_houses: dict[str, House] = {}


def register_personal(
    name: str,
    export: Export,
    erase: Erase,
    *,
    hindrances: Sentences = _nothing,
    names: Sentences = _nothing,
) -> None:
    _houses.setdefault(name, House(name, export, erase, hindrances, names))


def houses() -> list[House]:
    return list(_houses.values())


def hindrances_of(person: User) -> list[str]:
    return [sentence for house in houses() for sentence in house.hindrances(person)]


def names_of(person: User) -> set[str]:
    return {name for house in houses() for name in house.names(person) if name}


def export_of(person: User) -> dict[str, object]:
    return {house.name: house.export(person) for house in houses()}
