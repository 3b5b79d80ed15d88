"""One row of the table: a route, the object it is asked for, and what each role meets."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .outcomes import Cell, Outcome


class Role(StrEnum):
    VISITOR = "visitor"
    HOLDER = "holder of an answer link"
    OFFICER = "club officer"
    RESEARCHER = "researcher"
    EDITOR = "editor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "portal administrator"


OK, AGAIN, DONE, SIGN_IN, HIDDEN, REFUSED, POST_ONLY, MOVED, FAULTY, BREAKS = Outcome

#: One's own is shown, another's does not exist (the portal's way) or is refused (Wagtail's way).
OWN = Cell(OK, HIDDEN)
OWN_PAGE = Cell(OK, REFUSED)
#: What acts leads on afterwards.
OWN_MOVED = Cell(MOVED, HIDDEN)


@dataclass(frozen=True, slots=True)
class Row:
    route: str
    #: Name of an object of `Side.objects` or `World.shared`; "" for a route about nobody's object.
    of: str
    cells: dict[Role, Cell]
    method: str = "GET"
    query: str = ""
    #: Parts of the address that are no object.
    fixed: dict[str, object] = field(default_factory=dict)
    #: What a POST sends; "{pk}" stands for that part of the object.
    data: dict[str, str] = field(default_factory=dict)


def row(
    route: str,
    of: str,
    visitor: Cell | Outcome,
    officer: Cell | Outcome,
    researcher: Cell | Outcome,
    editor: Cell | Outcome,
    coordinator: Cell | Outcome,
    administrator: Cell | Outcome,
    *,
    holder: Cell | Outcome | None = None,
    **more: object,
) -> Row:
    """A link lets its holder answer and nothing else: elsewhere they are a visitor."""
    met = (visitor, holder or visitor, officer, researcher, editor, coordinator, administrator)
    return Row(route, of, {role: _cell(one) for role, one in zip(Role, met, strict=True)}, **more)


def cms(
    route: str,
    of: str,
    editor: Cell | Outcome,
    coordinator: Cell | Outcome,
    administrator: Cell | Outcome,
    **more: object,
) -> Row:
    """A route of Wagtail's admin: who has no business there is asked to sign in as somebody who has."""
    return row(route, of, SIGN_IN, SIGN_IN, SIGN_IN, editor, coordinator, administrator, **more)


def posts(
    route: str,
    of: str,
    editor: Cell | Outcome,
    coordinator: Cell | Outcome,
    administrator: Cell | Outcome,
    **more: object,
) -> Row:
    """A route of Wagtail's admin that only takes POST."""
    return cms(route, of, editor, coordinator, administrator, method="POST", **more)


def _cell(met: Cell | Outcome) -> Cell:
    return met if isinstance(met, Cell) else Cell(met, met)
