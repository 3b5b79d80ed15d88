"""What hangs on a project in rows: what a form sends of all of them at once becomes rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Manager, Model

#: In what a form sends of a row: its key where it is kept already, and whether it goes.
ROW, GONE = "row", "DELETE"


def write_rows(kept: Manager[Model], rows: Iterable[Mapping[str, object]]) -> None:
    """A row that somebody else took away meanwhile is written anew; what nobody sent stays."""
    there = kept.in_bulk()
    for sent in rows:
        facts = {name: value for name, value in sent.items() if name not in (ROW, GONE)}
        row = there.get(sent.get(ROW))
        if sent.get(GONE):
            if row is not None:
                row.delete()
        elif row is None:
            kept.create(**facts)
        else:
            change_row(row, facts)


def change_row(row: Model, facts: Mapping[str, object]) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))
