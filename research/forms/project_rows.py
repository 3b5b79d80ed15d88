"""Rows of a file → drafts of projects. The forms of the sections judge each row; all faults are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.identifiers import check_ror
from portal.models import University
from portal.row_files import Fault, Row
from research.actions.imports import Draft
from research.enums import ProjectStatus

from .sections.facts import FactsForm
from .sections.statements import IdentifiersForm

#: Columns with several words in a cell, and what the form calls them.
LISTS = {"themes": "themes", "sports": "sports", "fields": "fields_of_science"}
FORM_COLUMNS = {"fields_of_science": "fields"}


@dataclass(slots=True)
class Judged:
    drafts: list[Draft] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class Universities:
    """By what a file calls them: ROR id, or name where only one is called so."""

    def __init__(self, universities: Iterable[University]) -> None:
        self._by_ror: dict[str, University] = {}
        self._named: defaultdict[str, set[University]] = defaultdict(set)
        for one in universities:
            self._by_ror[one.ror] = one
            for name in {one.name, one.short_name, *one.names.values()} - {""}:
                self._named[name.casefold()].add(one)

    def find(self, said: str) -> University:
        """Raises ValueError with a sentence."""
        named = self._named.get(said.casefold(), set())
        if len(named) == 1:
            return next(iter(named))
        if len(named) > 1:
            raise ValueError(_("Several universities are called “%s”; write the ROR id instead.") % said[:80])
        try:
            found = self._by_ror.get(said) or self._by_ror.get(check_ror(said))
        except ValueError:
            found = None
        if found is None:
            raise ValueError(_("“%s” is no university that can stand here.") % said[:80])
        return found

    def only(self) -> University | None:
        return next(iter(self._by_ror.values())) if len(self._by_ror) == 1 else None


def judge(rows: Iterable[Row], *, leads: Sequence[University], members: Iterable[University]) -> Judged:
    """`leads` are those for which one may propose; an empty cell means the only one."""
    judged, may_lead, may_join = Judged(), Universities(leads), Universities(members)
    for row in rows:
        faults: list[Fault] = []
        lead = _lead(row, may_lead, faults)
        partners = _partners(row, may_join, faults)
        facts, identifiers = FactsForm(_typed(row)), IdentifiersForm(row.cells)
        for form in (facts, identifiers):
            for name, errors in form.errors.items():
                column = FORM_COLUMNS.get(name, name)
                faults += [Fault(row.number, column, str(error)) for error in errors]
        if not faults and lead:
            said = dict(facts.cleaned_data)
            said["fields"] = said.pop("fields_of_science")
            judged.drafts.append(Draft(row.number, lead, partners, said, identifiers.cleaned_data))
        judged.faults += faults
    return judged


def _lead(row: Row, universities: Universities, faults: list[Fault]) -> University | None:
    said = row.cells["lead"]
    if not said and (only := universities.only()):
        return only
    try:
        return universities.find(said)
    except ValueError as fault:
        faults.append(Fault(row.number, "lead", str(fault)))
        return None


def _partners(row: Row, universities: Universities, faults: list[Fault]) -> list[University]:
    found = []
    for said in _parts(row.cells["partners"]):
        try:
            found.append(universities.find(said))
        except ValueError as fault:
            faults.append(Fault(row.number, "partners", str(fault)))
    return found


def _typed(row: Row) -> dict[str, object]:
    cells: dict[str, object] = dict(row.cells)
    cells["status"] = cells["status"] or ProjectStatus.IDEA.value
    cells["keywords"] = "\n".join(_parts(row.cells["keywords"]))
    return cells | {name: _parts(row.cells[column]) for column, name in LISTS.items()}


def _parts(cell: str) -> list[str]:
    return [part for part in (part.strip() for part in cell.replace("\n", ";").split(";")) if part]
