"""Typed fields of parsed JSON: each returns what was asked for or raises `BadPool` with the place."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import lru_cache
from typing import Any

from .types import BadPool

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def entry(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadPool(f"{place}: {_told(value)} is not an object")
    return value


def items(whole: dict[str, Any], name: str) -> list[Any]:
    """A list at the top of the document."""
    return _list(whole, "", name)


def text(fields: dict[str, Any], place: str, name: str) -> str:
    value = _present(fields, place, name)
    if not isinstance(value, str):
        raise BadPool(f"{place}.{name}: {_told(value)} is not text")
    return value


def integer(fields: dict[str, Any], place: str, name: str) -> int:
    value = _present(fields, place, name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadPool(f"{place}.{name}: {_told(value)} is not a whole number")
    return value


def number(fields: dict[str, Any], place: str, name: str) -> float:
    value = _present(fields, place, name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadPool(f"{place}.{name}: {_told(value)} is not a number")
    try:
        return float(value)
    except OverflowError:
        raise BadPool(f"{place}.{name}: {_told(value)} is not finite") from None


def day(fields: dict[str, Any], place: str, name: str) -> date:
    return _day(_present(fields, place, name), f"{place}.{name}")


def days(fields: dict[str, Any], place: str, name: str) -> tuple[date, ...]:
    """Sorted, each day once: a list of days is a set that JSON has no word for."""
    values = _list(fields, place, name)
    return tuple(sorted({_day(value, f"{place}.{name}[{i}]") for i, value in enumerate(values)}))


def texts(fields: dict[str, Any], place: str, name: str) -> frozenset[str]:
    values = _list(fields, place, name)
    for i, value in enumerate(values):
        if not isinstance(value, str):
            raise BadPool(f"{place}.{name}[{i}]: {_told(value)} is not text")
    return frozenset(values)


def _list(fields: dict[str, Any], place: str, name: str) -> list[Any]:
    value = _present(fields, place, name)
    if not isinstance(value, list):
        raise BadPool(f"{f'{place}.{name}'.lstrip('.')}: {_told(value)} is not a list")
    return value


def _present(fields: dict[str, Any], place: str, name: str) -> Any:
    if name not in fields:
        raise BadPool(f"{f'{place}.{name}'.lstrip('.')}: is missing")
    return fields[name]


def _day(value: object, place: str) -> date:
    parsed = _parsed_day(value) if isinstance(value, str) else None
    if parsed is None:
        raise BadPool(f"{place}: {_told(value)} is not a date like 2027-02-06")
    return parsed


# A season has a few hundred days and a pool up to a million mentions of them.
@lru_cache(maxsize=4096)
def _parsed_day(value: str) -> date | None:
    if not ISO_DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _told(value: object) -> str:
    """The value as it stood in the file, cut short where it is long."""
    told = json.dumps(value)
    return told if len(told) <= 40 else f"{told[:37]}…"
