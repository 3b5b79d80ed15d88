"""exchange-pool/1 and exchange-plan/1 in and out. Faults are named by place; nothing is guessed."""

from __future__ import annotations

import gzip
import json
import os
import tempfile
import zlib
from datetime import date
from pathlib import Path
from typing import Any

from .alternatives_json import alternatives_from_rows, alternatives_rows
from .check import check_pool
from .fields import day, days, entry, integer, items, number, text, texts
from .types import (
    ANYTHING,
    BadPool,
    FixedFixture,
    Fixture,
    Hold,
    Objective,
    Plan,
    Pool,
    Reason,
    Request,
    Season,
    Unserved,
    Venue,
)
from .words import english

POOL_FORMAT = "exchange-pool/1"
PLAN_FORMAT = "exchange-plan/1"
GZIP_MAGIC = b"\x1f\x8b"


def read_pool(path: str | os.PathLike[str]) -> Pool:
    """Raises `BadPool` for any fault inside the file and `OSError` where it cannot be read at all."""
    return pool_from_document(_document(Path(path).read_bytes()))


def read_plan(path: str | os.PathLike[str]) -> Plan:
    """The plan as written by `write_plan`. Raises as `read_pool` does."""
    return plan_from_document(_document(Path(path).read_bytes()))


def write_pool(pool: Pool, path: str | os.PathLike[str]) -> None:
    """Gzipped when the name ends in ``.gz``; the file is there whole or not at all."""
    write_whole(path, _encoded(pool_document(pool), path))


def write_plan(plan: Plan, path: str | os.PathLike[str]) -> None:
    """Gzipped when the name ends in ``.gz``; the file is there whole or not at all."""
    write_whole(path, _encoded(plan_document(plan), path))


def write_whole(path: str | os.PathLike[str], content: bytes) -> None:
    """Writes beside the target and renames, so that nobody ever reads half a file."""
    target = Path(path)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def pool_from_document(document: object) -> Pool:
    """Parsed JSON → a checked `Pool`."""
    whole = entry(document, "the pool")
    _expect_format(whole, POOL_FORMAT)
    season = entry(whole.get("season"), "season")
    pairs = [_pair(row, f"forbidden[{i}]") for i, row in enumerate(items(whole, "forbidden"))]
    pool = Pool(
        season=Season(day(season, "season", "start"), day(season, "season", "end")),
        venues=tuple(_venue(row, f"venues[{i}]") for i, row in enumerate(items(whole, "venues"))),
        requests=tuple(_request(row, f"requests[{i}]") for i, row in enumerate(items(whole, "requests"))),
        fixed=tuple(_fixed(row, f"fixed[{i}]") for i, row in enumerate(items(whole, "fixed"))),
        forbidden=frozenset(pairs),
    )
    check_pool(pool, pairs)
    return pool


def pool_document(pool: Pool) -> dict[str, Any]:
    """A `Pool` as JSON-ready values; `pool_from_document` is its inverse."""
    return {
        "format": POOL_FORMAT,
        "season": {"start": pool.season.start.isoformat(), "end": pool.season.end.isoformat()},
        "venues": [{"id": venue.id, "capacity": venue.capacity} for venue in pool.venues],
        "requests": [_request_document(request) for request in pool.requests],
        "fixed": [{"host": f.host, "guest": f.guest, "date": f.date.isoformat()} for f in pool.fixed],
        "forbidden": sorted(sorted(pair) for pair in pool.forbidden),
    }


def plan_from_document(document: object) -> Plan:
    """Parsed JSON → a `Plan`; checked for shape only, `violations` checks its content."""
    whole = entry(document, "the plan")
    _expect_format(whole, PLAN_FORMAT)
    return Plan(
        fixtures=tuple(_fixture(row, f"fixtures[{i}]") for i, row in enumerate(items(whole, "fixtures"))),
        objective=_objective(whole, "objective"),
        bound=_objective(whole, "bound"),
        unserved=tuple(_unserved(row, f"unserved[{i}]") for i, row in enumerate(items(whole, "unserved"))),
        # Further keys: plans of other programs do not have them.
        alternatives=alternatives_from_rows(_further(whole, "alternatives")),
        loose=_objective(whole, "loose") if "loose" in whole else ANYTHING,
        holds=tuple(_hold(row, f"holds[{i}]") for i, row in enumerate(_further(whole, "holds"))),
    )


def plan_document(plan: Plan) -> dict[str, Any]:
    """A `Plan` as JSON-ready values. Reasons are told in English and, to be translated, by code."""
    return {
        "format": PLAN_FORMAT,
        "fixtures": [
            {"host": f.host, "guest": f.guest, "date": f.date.isoformat(), "quality": f.quality}
            for f in plan.fixtures
        ],
        "objective": plan.objective._asdict(),
        "bound": plan.bound._asdict(),
        "unserved": [_unserved_document(unserved) for unserved in plan.unserved],
        "alternatives": alternatives_rows(plan.alternatives),
        # What is needed to join this plan with those of independent pools.
        "loose": plan.loose._asdict(),
        "holds": [{"bound": hold.bound, "price": list(hold.price)} for hold in plan.holds],
    }


def _document(raw: bytes) -> object:
    try:
        plain = gzip.decompress(raw) if raw.startswith(GZIP_MAGIC) else raw
    except (EOFError, gzip.BadGzipFile, zlib.error) as fault:
        raise BadPool(f"the file: its gzip stream is broken or cut short ({fault})") from fault
    try:
        return json.loads(plain, object_pairs_hook=_without_doubles)
    except json.JSONDecodeError as fault:
        raise BadPool(f"line {fault.lineno}, column {fault.colno}: not JSON ({fault.msg})") from fault
    except UnicodeDecodeError as fault:
        raise BadPool(f"byte {fault.start}: not UTF-8 text") from fault
    except RecursionError as fault:
        raise BadPool("the file: nested too deeply to be a pool") from fault
    except BadPool:
        raise
    except ValueError as fault:
        raise BadPool(f"the file: not JSON that can be read ({fault})") from fault


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise BadPool(f'the object with id {json.dumps(whole.get("id"))}: it has "{double}" twice')
    return whole


def _encoded(document: dict[str, Any], path: str | os.PathLike[str]) -> bytes:
    keys = (f" {json.dumps(key)}: {_lines(value)}" for key, value in document.items())
    raw = ("{\n" + ",\n".join(keys) + "\n}\n").encode()
    # Without a time of its own the same plan gives the same bytes.
    return gzip.compress(raw, mtime=0) if os.fspath(path).endswith(".gz") else raw


def _lines(value: object) -> str:
    """A row a line: json.dumps that indents by itself is ten times slower."""
    if not isinstance(value, list) or not value:
        return json.dumps(value)
    return "[\n  " + ",\n  ".join(map(json.dumps, value)) + "\n ]"


def _expect_format(whole: dict[str, Any], wanted: str) -> None:
    told = whole.get("format")
    if told != wanted:
        raise BadPool(f'format: {json.dumps(told)} is not "{wanted}"')


def _venue(row: object, place: str) -> Venue:
    fields = entry(row, place)
    return Venue(text(fields, place, "id"), integer(fields, place, "capacity"))


def _request(row: object, place: str) -> Request:
    fields = entry(row, place)
    words = {name: text(fields, place, name) for name in ("id", "team", "club", "university", "country")}
    return Request(
        **words,
        sport=text(fields, place, "sport"),
        category=text(fields, place, "category"),
        rating=number(fields, place, "rating"),
        rating_deviation=number(fields, place, "rating_deviation"),
        lat=number(fields, place, "lat"),
        lon=number(fields, place, "lon"),
        host_dates=days(fields, place, "host_dates"),
        travel_dates=days(fields, place, "travel_dates"),
        wanted=integer(fields, place, "wanted"),
        min_rest_days=integer(fields, place, "min_rest_days"),
        max_distance_km=number(fields, place, "max_distance_km"),
        max_rating_gap=None
        if _null(fields, place, "max_rating_gap")
        else number(fields, place, "max_rating_gap"),
        venue=None if _null(fields, place, "venue") else text(fields, place, "venue"),
        avoid=texts(fields, place, "avoid"),
        prefer=texts(fields, place, "prefer"),
        waiting_days=integer(fields, place, "waiting_days"),
    )


def _null(fields: dict[str, Any], place: str, name: str) -> bool:
    """Null must be said: a key left out is a fault, not a wish."""
    if name not in fields:
        raise BadPool(f"{place}.{name}: is missing")
    return fields[name] is None


def _fixed(row: object, place: str) -> FixedFixture:
    fields = entry(row, place)
    return FixedFixture(text(fields, place, "host"), text(fields, place, "guest"), day(fields, place, "date"))


def _pair(row: object, place: str) -> frozenset[str]:
    if not isinstance(row, list) or len(row) != 2 or not all(isinstance(side, str) for side in row):
        raise BadPool(f"{place}: is not a pair of request ids")
    if row[0] == row[1]:
        raise BadPool(f'{place}: names "{row[0]}" twice')
    return frozenset(row)


def _fixture(row: object, place: str) -> Fixture:
    fields = entry(row, place)
    played: date = day(fields, place, "date")
    return Fixture(
        text(fields, place, "host"), text(fields, place, "guest"), played, integer(fields, place, "quality")
    )


def _objective(whole: dict[str, Any], name: str) -> Objective:
    fields = entry(whole.get(name), name)
    return Objective(*(integer(fields, name, key) for key in Objective._fields))


def _unserved(row: object, place: str) -> Unserved:
    fields = entry(row, place)
    return Unserved(
        text(fields, place, "request"),
        _reason(fields.get("reason_code"), f"{place}.reason_code"),
        None if fields.get("advice_code") is None else _reason(fields["advice_code"], f"{place}.advice_code"),
    )


def _reason(row: object, place: str) -> Reason:
    fields = entry(row, place)
    return Reason(text(fields, place, "code"), entry(fields.get("params"), f"{place}.params"))


def _unserved_document(unserved: Unserved) -> dict[str, Any]:
    reason, advice = unserved.reason, unserved.advice
    return {
        "request": unserved.request,
        "reason": english(reason),
        "advice": None if advice is None else english(advice),
        "reason_code": {"code": reason.code, "params": dict(reason.params)},
        "advice_code": None if advice is None else {"code": advice.code, "params": dict(advice.params)},
    }


def _request_document(request: Request) -> dict[str, Any]:
    row = {name: getattr(request, name) for name in Request.__slots__}
    for name in ("host_dates", "travel_dates"):
        row[name] = [played.isoformat() for played in row[name]]
    for name in ("avoid", "prefer"):
        row[name] = sorted(row[name])
    return row


def _further(whole: dict[str, Any], name: str) -> list[Any]:
    return items(whole, name) if name in whole else []


def _hold(row: object, place: str) -> Hold:
    fields = entry(row, place)
    prices = {f"price[{i}]": price for i, price in enumerate(items(fields, "price"))}
    return Hold(number(fields, place, "bound"), tuple(number(prices, place, name) for name in prices))
