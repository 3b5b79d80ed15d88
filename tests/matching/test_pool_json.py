"""Files in and out: whole, repeatable, and refused with the place of the fault."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from exchange.matching import (
    BadPool,
    plan_document,
    plan_from_document,
    pool_document,
    pool_from_document,
    read_plan,
    read_pool,
    solve,
    write_plan,
    write_pool,
)

from .pools import pool_of, random_pool, request


def document() -> dict[str, Any]:
    """Four teams, one fixed fixture, one forbidden pair."""
    requests = [request(f"r{i}", venue="hall", wanted=2) for i in range(4)]
    whole = pool_document(pool_of(*requests))
    whole["fixed"] = [{"host": "r0", "guest": "r1", "date": "2027-02-06"}]
    whole["forbidden"] = [["r2", "r3"]]
    return whole


def changed(*path: str | int, to: object) -> dict[str, Any]:
    whole = document()
    place: Any = whole
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return whole


FIXED = {"host": "r0", "guest": "r1", "date": "2027-02-06"}
FAULTS = [
    (("format",), "exchange-pool/2", 'format: "exchange-pool/2" is not "exchange-pool/1"'),
    (("season",), None, "season: null is not an object"),
    (("season", "end"), "2027-02-30", 'season.end: "2027-02-30" is not a date like 2027-02-06'),
    (("season", "end"), "2027-01-01", "season.end: 2027-01-01 lies before the start, 2027-02-06"),
    (("venues", 0, "capacity"), 0, "venues[0].capacity: 0 is less than 1"),
    (("venues", 0, "capacity"), True, "venues[0].capacity: true is not a whole number"),
    (("requests",), {}, "requests: {} is not a list"),
    (("requests", 1, "rating"), float("nan"), "requests[1].rating: NaN is not a number"),
    (("requests", 1, "rating"), float("inf"), "requests[1].rating: inf is not finite"),
    (
        ("requests", 1, "rating"),
        10**400,
        "requests[1].rating: 1000000000000000000000000000000000000… is not finite",
    ),
    (("requests", 1, "rating"), "1500", 'requests[1].rating: "1500" is not a number'),
    (("requests", 3, "venue"), "v9", 'requests[3].venue: unknown venue "v9"'),
    (("requests", 2, "id"), "r1", 'requests[2].id: "r1" is already requests[1]'),
    (("requests", 2, "id"), "", "requests[2].id: is empty"),
    (("requests", 0, "wanted"), 0, "requests[0].wanted: 0 is less than 1"),
    (("requests", 0, "lat"), 91, "requests[0].lat: 91.0 is more than 90"),
    (("requests", 0, "avoid"), ["a", 3], "requests[0].avoid[1]: 3 is not text"),
    (
        ("requests", 0, "travel_dates"),
        ["2027-02-07", "2028-02-07"],
        "requests[0].travel_dates[1]: 2028-02-07 lies outside the season, 2027-02-06 to 2027-02-26",
    ),
    (("forbidden", 0), ["r2"], "forbidden[0]: is not a pair of request ids"),
    (("forbidden", 0), ["r2", "r2"], 'forbidden[0]: names "r2" twice'),
    (("forbidden", 0), ["r2", "r9"], 'forbidden[0]: unknown request "r9"'),
    (("fixed", 0, "guest"), "r9", 'fixed[0].guest: unknown request "r9"'),
    (("fixed", 0, "guest"), "r0", 'fixed[0]: "r0" meets itself'),
    (("fixed",), [FIXED, FIXED], 'fixed[1]: "r0" and "r1" already meet in fixed[0]'),
    (
        ("fixed",),
        [FIXED, {**FIXED, "guest": "r2"}],
        'fixed[1]: "r0" already plays on 2027-02-06 in fixed[0], which is too close',
    ),
    (
        ("fixed",),
        [FIXED, {**FIXED, "host": "r2", "guest": "r3"}],
        'fixed[1]: venue "hall" is already full on 2027-02-06',
    ),
]


@pytest.mark.parametrize(("path", "value", "sentence"), FAULTS, ids=lambda case: str(case)[:40])
def test_a_fault_is_refused_with_its_place(path: tuple[str | int, ...], value: object, sentence: str) -> None:
    with pytest.raises(BadPool) as refusal:
        pool_from_document(changed(*path, to=value))
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("name", sorted(pool_document(pool_of(request()))["requests"][0]))
def test_every_field_must_be_there(name: str) -> None:
    whole = document()
    del whole["requests"][1][name]
    with pytest.raises(BadPool, match=rf"requests\[1\]\.{name}: is missing"):
        pool_from_document(whole)


def test_more_fixed_than_wanted_is_a_clash() -> None:
    whole = document()
    whole["requests"][0]["wanted"] = 1
    whole["fixed"].append({"host": "r2", "guest": "r0", "date": "2027-02-07"})
    with pytest.raises(BadPool, match=r'fixed\[1\]: "r0" wants 1 and already plays 1'):
        pool_from_document(whole)


BROKEN_FILES = [
    (b"", "line 1, column 1: not JSON (Expecting value)"),
    (b'{"format": \n nonsense}', "line 2, column 2: not JSON (Expecting value)"),
    (b"\xff\xfe\xfa", "not UTF-8"),
    (b"[" * 100_000, "nested too deeply"),
    (b"[1]", "the pool: [1] is not an object"),
    (b'{"id": "r1", "a": 1, "a": 2}', 'the object with id "r1": it has "a" twice'),
    (gzip.compress(b'{"format": "exchange-pool/1"}')[:-9], "gzip stream is broken or cut short"),
    (b"\x1f\x8bnot gzip at all", "gzip stream is broken or cut short"),
    (b'{"rating": ' + b"9" * 5000 + b"}", "not JSON that can be read"),
]


@pytest.mark.parametrize(("content", "sentence"), BROKEN_FILES, ids=range(len(BROKEN_FILES)))
def test_a_broken_file_is_refused_in_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "pool.json"
    path.write_bytes(content)
    with pytest.raises(BadPool) as refusal:
        read_pool(path)
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("name", ["pool.json", "pool.json.gz"])
def test_a_pool_survives_the_file(tmp_path: Path, name: str) -> None:
    pool = random_pool(7)
    write_pool(pool, tmp_path / name)
    assert read_pool(tmp_path / name) == pool


@pytest.mark.parametrize("name", ["plan.json", "plan.json.gz"])
def test_a_plan_survives_the_file(tmp_path: Path, name: str) -> None:
    plan = solve(random_pool(3))
    write_plan(plan, tmp_path / name)
    assert read_plan(tmp_path / name) == plan
    assert plan_from_document(json.loads(json.dumps(plan_document(plan)))) == plan


def test_days_in_any_order_are_one_set() -> None:
    whole = changed("requests", 0, "host_dates", to=["2027-02-09", "2027-02-06", "2027-02-09"])
    assert [day.isoformat() for day in pool_from_document(whole).requests[0].host_dates] == [
        "2027-02-06",
        "2027-02-09",
    ]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pool.json"
    path.write_text("as it was")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        write_pool(random_pool(1), path)
    assert path.read_text() == "as it was"
    assert [p.name for p in tmp_path.iterdir()] == ["pool.json"]
