"""Asks every row of the table as one role and says, in one text, where the answers differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from .outcomes import CHANGES_NOTHING, REFUSALS, Outcome, outcome_of
from .routes import Route
from .rows import Role, Row
from .secrets import READERS, TOLD, Place, may_read, words_in
from .world.sides import World

#: Tables that asking writes to: who is signed in, who looks at a form right now and is told of comments on
#: it, how they like the admin, pictures in the size of a list.
ASKING_WRITES = {
    "django_session",
    "wagtailadmin_editingsession",
    "wagtailcore_pagesubscription",
    "wagtailimages_rendition",
    "wagtailusers_userprofile",
}
WRITES = re.compile(r'^(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) ["`]?(\w+)', re.IGNORECASE)


@dataclass(slots=True)
class Answer:
    outcome: Outcome | str
    text: str
    #: Tables that were written to.
    changed: set[str]
    #: What a view raised.
    fault: str = ""

    def __str__(self) -> str:
        return self.fault or (self.outcome.name if isinstance(self.outcome, Outcome) else self.outcome)


@dataclass(slots=True)
class Walk:
    role: Role
    client: Client
    cookies: SimpleCookie
    world: World
    routes: dict[str, Route]
    faults: list[str] = field(default_factory=list)
    #: Secret words met on the way.
    read: set[tuple[str, Place]] = field(default_factory=set)

    def over(self, rows: list[Row]) -> list[str]:
        for row in rows:
            for place in (Place.HOME, Place.AWAY) if row.of in self.world.home.objects else (Place.HOME,):
                self._try(row, place)
        self.faults += [f"nowhere shows the {what} of {place}" for what, place in sorted(self._unread())]
        return self.faults

    def _unread(self) -> set[tuple[str, Place]]:
        """Words that this role may read and has not: where they never appear, they cannot leak either."""
        words = {(what, Place.HOME) for what in READERS} | TOLD.keys()
        return {word for word in words if may_read(self.role, *word)} - self.read

    def _try(self, row: Row, place: Place) -> None:
        expected = row.cells[self.role].own if place == Place.HOME else row.cells[self.role].other
        parts = self.parts(row, place)
        path = self.path(row, parts)
        data = {name: value.format(**parts) for name, value in row.data.items()}
        answer = self._ask(row.method, path, data)
        said = f"{row.method} {path} ({row.route}{f', {row.of} of {place}' if row.of else ''})"
        if answer.outcome != (Outcome.OK if expected == Outcome.AGAIN else expected):
            self.faults.append(f"{said}: {answer}, expected {expected.name}")
        self._judge(said, answer, may_change=row.method == "POST" and expected not in CHANGES_NOTHING)
        self._try_the_other_method(row.method, path, said, expected)

    def _try_the_other_method(self, method: str, path: str, said: str, expected: Outcome) -> None:
        """What may not be seen may not be changed, and what is changed by POST is not changed by GET."""
        if method == "POST":
            self._judge(f"GET for {said}", self._ask("GET", path), may_change=False)
        elif expected in REFUSALS:
            answer = self._ask("POST", path)
            if answer.outcome not in REFUSALS:
                self.faults.append(f"POST for {said}: {answer}, expected a refusal")
            self._judge(f"POST for {said}", answer, may_change=False)

    def _judge(self, said: str, answer: Answer, *, may_change: bool) -> None:
        if answer.changed and not may_change:
            self.faults.append(f"{said}: has written to {', '.join(sorted(answer.changed))}")
        words = words_in(answer.text)
        self.read |= words
        leaked = sorted(f"{what} of {place}" for what, place in words if not may_read(self.role, what, place))
        if leaked:
            self.faults.append(f"{said}: shows {', '.join(leaked)}")

    def parts(self, row: Row, place: Place) -> dict[str, object]:
        return {**self.world.shared, **self.world.sides[place].objects}.get(row.of, {}) | row.fixed

    def path(self, row: Row, parts: dict[str, object]) -> str:
        route = self.routes[row.route]
        if not route.name:
            return str(parts["path"])
        if "args" in parts:
            found = reverse(route.name, args=parts["args"])
        else:
            found = reverse(route.name, kwargs={name: parts[name] for name in route.parameters})
        return found + row.query.format(**parts)

    def _ask(self, method: str, path: str, data: dict[str, str] | None = None) -> Answer:
        """In a savepoint: the next one asks the same world."""
        self.client.cookies = deepcopy(self.cookies)
        with _watched() as changed, transaction.atomic():
            try:
                ask = self.client.get if method == "GET" else self.client.post
                response = ask(path, data)
                return Answer(outcome_of(response), _text(path, response), changed)
            except Exception as fault:  # noqa: BLE001 - whatever a view raises is told with its route
                return Answer(Outcome.BREAKS, "", changed, f"raised {type(fault).__name__}: {fault!s:.200}")
            finally:
                transaction.set_rollback(True)


@contextmanager
def _watched() -> Iterator[set[str]]:
    changed: set[str] = set()

    def note(execute, sql, params, many, context):
        if (match := WRITES.match(sql)) and match[1] not in ASKING_WRITES:
            changed.add(match[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield changed


def _text(path: str, response: HttpResponseBase) -> str:
    """Headers and body, without the address that was asked for: a refusal may name what it refuses."""
    body = b"".join(response) if response.streaming else response.content
    return f"{response.headers} {body.decode(errors='replace')}".replace(path, "")
