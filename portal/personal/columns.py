"""Every column of every table that holds words, and what is taken out of them."""

from __future__ import annotations

# ruff: noqa: S608 - names of tables and columns come from the models, what is looked for is a parameter
import json
from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.db.models import Field, FileField, Model

from . import FORMER_MEMBER
from .traces import Traces

WORDS = ("varchar", "text", "json", "char")
#: Written by programs, signed, or kept elsewhere in `portal.personal`.
LEFT_ALONE = {
    "sessions.Session",
    "contenttypes.ContentType",
    "auth.Permission",
    "portal.OutboxMessage",
    "portal.InboundMail",
}


def columns() -> Iterator[tuple[type[Model], list[Field]]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.label not in LEFT_ALONE:
            fields = [field for field in model._meta.local_concrete_fields if _holds_words(field)]
            if fields:
                yield model, fields


def scrub_columns(traces: Traces) -> Iterator[tuple[type[Model], object]]:
    """Yields what has been changed, by model and key."""
    for model, fields in columns():
        for key, *values in _suspects(model, fields, traces):
            changes = _changes(dict(zip(fields, values, strict=True)), key, traces)
            if changes:
                _write(model, key, changes)
                yield model, key


def _holds_words(field: Field) -> bool:
    if isinstance(field, FileField) or field.is_relation or field.choices:
        return False
    kind = (field.db_type(connection) or "").lower()
    return kind.startswith(WORDS)


def _suspects(model: type[Model], fields: list[Field], traces: Traces) -> list[tuple]:
    """Rows in which one of the needles stands; the pattern decides afterwards."""
    quoted = connection.ops.quote_name
    find = "strpos" if connection.vendor == "postgresql" else "instr"
    texts = [f"CAST({quoted(field.column)} AS text)" for field in fields]
    needles = sorted(traces.needles)
    wanted = " OR ".join(f"{find}(lower({text}), %s) > 0" for text in texts for _needle in needles)
    table, key = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {', '.join(texts)} FROM {table} WHERE {wanted}", [*needles] * len(fields)
        )
        return cursor.fetchall()


def _changes(row: dict[Field, str | None], key: object, traces: Traces) -> dict[Field, str]:
    changes = {}
    for field, text in row.items():
        cleaned = text and _cleaned(field, text, key, traces)
        if cleaned != text:
            changes[field] = cleaned
    return changes


def _cleaned(field: Field, text: str, key: object, traces: Traces) -> str:
    if _is_json(field):
        value = json.loads(text)
        cleaned = traces.without_json(value)
        return text if cleaned == value else json.dumps(cleaned)
    cleaned = traces.without(text)
    if cleaned != text and field.unique:
        # Two rows may have told them apart.
        cleaned = f"{FORMER_MEMBER} {key}"
    return cleaned[: field.max_length] if field.max_length else cleaned


def _is_json(field: Field) -> bool:
    return field.get_internal_type() == "JSONField"


def _write(model: type[Model], key: object, changes: dict[Field, str]) -> None:
    quoted = connection.ops.quote_name
    as_json = "%s::jsonb" if connection.vendor == "postgresql" else "%s"
    sets = [f"{quoted(field.column)} = {as_json if _is_json(field) else '%s'}" for field in changes]
    table, pk = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {', '.join(sets)} WHERE {pk} = %s", [*changes.values(), key])
