"""manage.py match: the engine on a file."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exchange.management.commands.match import ProgressBar, figures, fixtures_csv, harmless
from exchange.matching import (
    FixedFixture,
    Objective,
    Plan,
    Progress,
    fairness,
    fairness_from_document,
    read_plan,
    solve,
    violations,
    write_pool,
)
from tests.matching.pools import START, pool_of, random_pool, request


def run(*arguments: str | Path) -> str:
    out = StringIO()
    call_command("match", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_a_pool_in_a_plan_out_without_a_database(tmp_path: Path) -> None:
    pool = random_pool(3)
    write_pool(pool, tmp_path / "pool.json.gz")
    told = run(tmp_path / "pool.json.gz", "--output", tmp_path / "plan.json")
    plan = read_plan(tmp_path / "plan.json")
    assert plan == solve(pool)
    assert list(violations(pool, plan)) == []
    assert f"{plan.objective.quality:,}" in told
    assert told.count("proven") == 3


def test_the_gap_is_told_where_it_is_open() -> None:
    plan = Plan((), Objective(9, 100, 1000), Objective(9, 110, 1250))
    assert figures(plan).splitlines()[1:4] == [
        "served                   9           9    proven",
        "waiting days           100         110  9.09e-02",
        "quality              1,000       1,250  2.00e-01",
    ]


def test_the_spreadsheet_is_readable_and_harmless(tmp_path: Path) -> None:
    pool = pool_of(request("a", team="=1+1"), request("b", lat=54.4))
    write_pool(replace(pool, fixed=(FixedFixture("a", "b", START),)), tmp_path / "pool.json")
    run(tmp_path / "pool.json", "--output", tmp_path / "plan.json", "--csv", tmp_path / "plan.csv")
    (row,) = csv.DictReader((tmp_path / "plan.csv").read_text("utf-8-sig").splitlines())
    assert row["date"] == "2027-02-06"
    assert row["host"] == "'=1+1"
    assert row["guest"] == "team b"
    assert row["km"] == "55.6"
    assert round(sum(float(row[name]) for name in ("strength", "distance", "prefer"))) == int(row["quality"])


@pytest.mark.parametrize("cell", ["=SUM(A1)", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == "'" + cell


def test_plain_words_stay_as_they_are() -> None:
    assert harmless("FC Minsk = 1") == "FC Minsk = 1"
    assert fixtures_csv(pool_of(), solve(pool_of())).startswith("date,sport,category,host,guest,km,quality")


BAD_FILES = {
    "nothing.json": (None, "No such file or directory"),
    "text.json": ("not json", "line 1, column 1: not JSON"),
    "plan.json": (
        json.dumps({"format": "exchange-plan/1"}),
        'format: "exchange-plan/1" is not "exchange-pool/1"',
    ),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_one_sentence_and_exit_code_2(tmp_path: Path, name: str) -> None:
    content, sentence = BAD_FILES[name]
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(CommandError) as refusal:
        run(tmp_path / name, "--output", tmp_path / "out.json")
    assert refusal.value.returncode == 2
    assert str(refusal.value).startswith(f"{tmp_path / name}: ")
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert not (tmp_path / "out.json").exists()


def test_an_output_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    write_pool(random_pool(3), tmp_path / "pool.json")
    with pytest.raises(CommandError, match="No such file or directory") as refusal:
        run(tmp_path / "pool.json", "--output", tmp_path / "nowhere" / "plan.json")
    assert refusal.value.returncode == 2


def test_the_report_says_who_gets_what(tmp_path: Path) -> None:
    pool = pool_of(request("a"), request("b"), request("c", country="LT", host_dates=(), travel_dates=()))
    write_pool(pool, tmp_path / "pool.json")
    run(tmp_path / "pool.json", "--output", tmp_path / "plan.json", "--report", tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text())
    assert fairness_from_document(report) == fairness(pool, read_plan(tmp_path / "plan.json"))
    assert [(group["key"], group["served"]) for group in report["countries"]] == [(["BY"], 2), (["LT"], 0)]


def test_the_line_of_progress_names_stage_and_gaps() -> None:
    stream = StringIO()
    with ProgressBar(stream) as bar:
        bar.show(Progress("optimum", Objective(990, 100, 1000), Objective(990, 110, 1250), 3, 8, 2.0))
        line = stream.getvalue().split("\r")[-1]
    assert line.startswith("optimum:")
    assert "3/8" in line
    assert line.rstrip().endswith("990 served proven, waiting days 9.09e-02, quality 2.00e-01]")
