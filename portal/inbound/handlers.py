"""Who reads incoming mail. Houses register their readers in `AppConfig.ready`; the ground knows none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from .parsed import ParsedMail


@dataclass(frozen=True, slots=True)
class Done:
    """The mail did what it was sent for.

    `words` is one constant sentence, marked by gettext_noop and translated where it is shown; what differs
    from mail to mail stands in `detail`.
    """

    words: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PutAside:
    """The mail is one for this reader, and must not act: somebody should look at it."""

    words: str
    detail: str = ""


Outcome = Done | PutAside
#: None: not mine. Called within a transaction that is rolled back when it raises; it must not swallow the
#: errors of the database.
Handler = Callable[[ParsedMail, datetime], Outcome | None]

_handlers: dict[str, Handler] = {}


def register(name: str, handler: Handler) -> None:
    """`name` is kept with each mail that the handler has read. The first that knows a mail has it."""
    if len(name) > 40:
        raise ValueError(f"The name {name!r} is too long.")
    _handlers[name] = handler


def registered() -> dict[str, Handler]:
    return dict(_handlers)
