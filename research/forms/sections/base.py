from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise

from portal.models import User
from portal.refusal import Refusal
from research.models import Project

from .rows import Rows


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the summary of errors: where it is, and what is wrong."""

    at: str
    label: str
    text: str


class SectionForm:
    """One form, or lists of rows, or both; sent and saved at once."""

    name: ClassVar[str]
    title: ClassVar[str | Promise]
    lead: ClassVar[str | Promise] = ""

    def __init__(self, *, project: Project, person: User, data: QueryDict | None = None) -> None:
        self.project, self.person = project, person
        self.refused: list[str] = []
        self.form: forms.Form | None = None
        self.rows: list[Rows] = []
        self.build(data)

    def build(self, data: QueryDict | None) -> None:
        raise NotImplementedError

    def change(self, *, by: User, now: datetime, was_live: bool | None) -> None:
        raise NotImplementedError

    @property
    def parts(self) -> list[forms.Form | Rows]:
        return [*([self.form] if self.form else []), *self.rows]

    def is_valid(self) -> bool:
        # All of them are checked, so that all errors are shown at once.
        checked = [part.is_valid() for part in self.parts]
        return all(checked)

    def refuse(self, refusal: Refusal) -> None:
        self.refused.append(str(refusal))

    def hush(self) -> None:
        """A row was asked for; what is wrong so far is not yet."""
        for part in self.parts:
            part.hush() if isinstance(part, Rows) else setattr(part, "_errors", {})

    @property
    def faults(self) -> list[Fault]:
        found = [Fault("", "", text) for text in self.refused]
        if self.form is not None and self.form.is_bound:
            found += faults_of(self.form)
        for rows in self.rows:
            if rows.is_bound:
                found += rows_faults(rows)
        return found


def faults_of(form: forms.Form, before: str = "") -> Iterator[Fault]:
    for name, texts in form.errors.items():
        bound = form[name] if name in form.fields else None
        for text in texts:
            yield Fault(
                bound.id_for_label or bound.auto_id if bound else "",
                f"{before}{bound.label}" if bound else before.rstrip(" :"),
                str(text),
            )


def rows_faults(rows: Rows) -> Iterator[Fault]:
    yield from (Fault("", "", str(text)) for text in rows.non_form_errors())
    for number, form in enumerate(rows.forms, start=1):
        if not form.data.get(form.add_prefix("DELETE")):
            yield from faults_of(form, f"{rows.one} {number}: ")
