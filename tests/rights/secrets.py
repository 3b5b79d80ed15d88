"""Words written into what is not public, so that a walk can tell when one appears where it must not."""

from __future__ import annotations

import re
from enum import StrEnum

from .rows import Role


class Place(StrEnum):
    """Whose object it is, seen from the people who walk: they are all at `HOME`."""

    HOME = "home"
    AWAY = "away"
    THIRD = "third"


#: Who may read what at their own university. What is another's, portal administrators alone may read, but
#: for what is `TOLD`.
READERS = {
    "draft": {Role.EDITOR, Role.COORDINATOR},
    "comment": {Role.EDITOR, Role.COORDINATOR},
    "image": {Role.EDITOR, Role.COORDINATOR},
    "document": {Role.EDITOR, Role.COORDINATOR},
    "private": {Role.EDITOR, Role.COORDINATOR},
    "members": {Role.EDITOR, Role.COORDINATOR},
    "tag": {Role.EDITOR, Role.COORDINATOR},
    "task": {Role.EDITOR, Role.COORDINATOR},
    "project": {Role.RESEARCHER, Role.EDITOR, Role.COORDINATOR},
    "notes": {Role.OFFICER, Role.COORDINATOR},
    # A note on a request that found an opponent at home.
    "told": {Role.OFFICER, Role.COORDINATOR},
    # Whom the other side calls: of a fixture with the third.
    "contact": {Role.OFFICER, Role.COORDINATOR},
    "event": {Role.COORDINATOR},
    "officer": {Role.OFFICER, Role.COORDINATOR},
    "staff": {Role.EDITOR, Role.COORDINATOR},
    # What somebody has answered to a call for partners.
    "interest": {Role.RESEARCHER, Role.COORDINATOR},
    # What the members of a project keep for themselves.
    "space": {Role.RESEARCHER, Role.COORDINATOR},
}

#: What another university tells home alone, and to whom there. The link is of the fixture with the third.
TOLD = {
    ("told", Place.AWAY): {Role.OFFICER, Role.COORDINATOR},
    ("told", Place.THIRD): {Role.HOLDER, Role.OFFICER, Role.COORDINATOR},
}

WORD = re.compile(r"zz(?P<what>[a-z]+?)(?P<place>home|away|third)zz")


def secret(what: str, place: Place) -> str:
    """One word without capitals, so that it stays itself in slugs, addresses and file names."""
    if what not in READERS:
        raise KeyError(what)
    return f"zz{what}{place}zz"


def words_in(text: str) -> set[tuple[str, Place]]:
    return {(match["what"], Place(match["place"])) for match in WORD.finditer(text)}


def may_read(role: Role, what: str, place: Place) -> bool:
    if role == Role.ADMINISTRATOR:
        return True
    return role in (READERS[what] if place == Place.HOME else TOLD.get((what, place), ()))
