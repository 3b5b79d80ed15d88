"""exchange-fairness/1 in and out: the figures of `fairness`, as a run keeps them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from .fairness import Balance, Decile, Fairness, Group, Travel, Wait
from .fields import entry, integer, items, number, text
from .types import BadPool

FAIRNESS_FORMAT = "exchange-fairness/1"
COUNTS = ("requests", "served", "wanted", "given")


def fairness_document(report: Fairness) -> dict[str, Any]:
    """JSON-ready; `fairness_from_document` is its inverse."""
    told = asdict(report)
    for kind in ("countries", "sports", "categories"):
        told[kind] = [group | {"key": list(group["key"])} for group in told[kind]]
    told["total"]["key"] = []
    told["deciles"] = list(told["deciles"])
    told["travel"]["histogram"] = list(report.travel.histogram)
    told["balance"]["differences"] = [list(pair) for pair in report.balance.differences]
    return {"format": FAIRNESS_FORMAT, **told}


def fairness_from_document(document: object) -> Fairness:
    """Parsed JSON → the figures; raises `BadPool` with the place for another format or a broken one."""
    whole = entry(document, "the report")
    if whole.get("format") != FAIRNESS_FORMAT:
        raise BadPool(f'format: {whole.get("format")!r} is not "{FAIRNESS_FORMAT}"')
    return Fairness(
        total=_group(whole.get("total"), "total"),
        deciles=tuple(_decile(row, f"deciles[{i}]") for i, row in enumerate(items(whole, "deciles"))),
        countries=_groups(whole, "countries"),
        sports=_groups(whole, "sports"),
        categories=_groups(whole, "categories"),
        travel=_travel(entry(whole.get("travel"), "travel")),
        balance=_balance(entry(whole.get("balance"), "balance")),
        longest_served=_wait(whole, "longest_served"),
        longest_unserved=_wait(whole, "longest_unserved"),
    )


def _groups(whole: dict[str, Any], name: str) -> tuple[Group, ...]:
    return tuple(_group(row, f"{name}[{i}]") for i, row in enumerate(items(whole, name)))


def _group(row: object, place: str) -> Group:
    fields = entry(row, place)
    key = items(fields, "key")
    if not all(isinstance(part, str) for part in key):
        raise BadPool(f"{place}.key: is not a list of texts")
    return Group(tuple(key), *(integer(fields, place, name) for name in COUNTS))


def _decile(row: object, place: str) -> Decile:
    fields = entry(row, place)
    names = ("number", "shortest", "longest", "requests", "served")
    return Decile(*(integer(fields, place, name) for name in names))


def _travel(fields: dict[str, Any]) -> Travel:
    figures = {
        name: number(fields, "travel", name) for name in ("total", "mean", "median", "long", "longest")
    }
    histogram = tuple(_whole(count, "travel.histogram") for count in items(fields, "histogram"))
    return Travel(integer(fields, "travel", "trips"), **figures, histogram=histogram)


def _balance(fields: dict[str, Any]) -> Balance:
    pairs = items(fields, "differences")
    if not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        raise BadPool("balance.differences: is not a list of pairs")
    return Balance(
        tuple((_whole(more, "balance"), _whole(count, "balance")) for more, count in pairs),
        *(integer(fields, "balance", name) for name in ("largest", "several", "all_home", "all_away")),
    )


def _wait(whole: dict[str, Any], name: str) -> Wait | None:
    if whole.get(name) is None:
        return None
    fields = entry(whole[name], name)
    return Wait(integer(fields, name, "days"), text(fields, name, "request"))


def _whole(value: object, place: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadPool(f"{place}: {value!r} is not a whole number")
    return value
