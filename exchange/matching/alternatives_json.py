"""The key "alternatives" of exchange-plan/1: one row a fixture, in and out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from .fields import day, entry, integer, items, text
from .types import Alternative, Alternatives, BadPool, Objective

Told = Mapping[tuple[str, str, date], Alternatives]

SOURCES: dict[str, Literal["duals", "resolve"]] = {"duals": "duals", "resolve": "resolve"}


def alternatives_rows(told: Told) -> list[dict[str, Any]]:
    return [
        {
            "host": host,
            "guest": guest,
            "date": played.isoformat(),
            "of_host": [alternative_document(other) for other in of_host],
            "of_guest": [alternative_document(other) for other in of_guest],
        }
        for (host, guest, played), (of_host, of_guest) in told.items()
    ]


def alternatives_from_rows(rows: Sequence[object]) -> dict[tuple[str, str, date], Alternatives]:
    """The inverse. Raises `BadPool` with the place of a fault."""
    return dict(_alternatives(row, f"alternatives[{i}]") for i, row in enumerate(rows))


def alternative_document(other: Alternative) -> dict[str, Any]:
    return {
        "host": other.host,
        "guest": other.guest,
        "date": other.date.isoformat(),
        "quality": other.quality,
        "cost": other.cost._asdict(),
        "source": other.source,
        "proven": other.proven,
    }


def _alternatives(row: object, place: str) -> tuple[tuple[str, str, date], Alternatives]:
    fields = entry(row, place)
    key = text(fields, place, "host"), text(fields, place, "guest"), day(fields, place, "date")
    return key, (_side(fields, place, "of_host"), _side(fields, place, "of_guest"))


def _side(fields: dict[str, Any], place: str, name: str) -> tuple[Alternative, ...]:
    if not isinstance(fields.get(name), list):
        raise BadPool(f"{place}.{name}: is not a list")
    return tuple(_alternative(row, f"{place}.{name}[{i}]") for i, row in enumerate(items(fields, name)))


def _alternative(row: object, place: str) -> Alternative:
    fields = entry(row, place)
    cost = entry(fields.get("cost"), f"{place}.cost")
    source, proven = text(fields, place, "source"), fields.get("proven")
    if source not in SOURCES:
        raise BadPool(f'{place}.source: {json.dumps(source)} is neither "duals" nor "resolve"')
    if not isinstance(proven, bool):
        raise BadPool(f"{place}.proven: is neither true nor false")
    return Alternative(
        host=text(fields, place, "host"),
        guest=text(fields, place, "guest"),
        date=day(fields, place, "date"),
        quality=integer(fields, place, "quality"),
        cost=Objective(*(integer(cost, f"{place}.cost", key) for key in Objective._fields)),
        source=SOURCES[source],
        proven=proven,
    )
