"""Reads the files beside this one: universities, projects, sports by region, notes and page texts."""

import csv
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from portal.demo.types import (
    DemoGrant,
    DemoOutput,
    DemoPerson,
    DemoProject,
    DemoUniversity,
    VenueKind,
)
from portal.identifiers import check_ror

HERE = Path(__file__).parent
CONTENT = HERE / "content"


@dataclass(frozen=True, slots=True)
class Region:
    """Countries whose teams meet each other, the sports they favour and how far they travel."""

    countries: frozenset[str]
    sports: dict[str, int]  # weight by code
    reach_km: tuple[int, ...]
    teams: int  # most teams of a university's main club


def universities() -> tuple[DemoUniversity, ...]:
    with (HERE / "universities.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(_university(row) for row in csv.DictReader(lines))


def _university(row: dict[str, str]) -> DemoUniversity:
    check_ror(row["ror"])
    return DemoUniversity(**{**row, "lat": float(row["lat"]), "lon": float(row["lon"])})  # type: ignore[arg-type]


def projects() -> tuple[DemoProject, ...]:
    return tuple(_project(row) for row in _json("projects.en.json"))


def _project(row: dict[str, Any]) -> DemoProject:
    lists = {name: tuple(row[name]) for name in ("partners", "fields", "themes", "sports", "keywords")}
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("starts_on", "ends_on")}
    things = {
        "people": tuple(DemoPerson(one["name"], tuple(one["credit"])) for one in row["people"]),
        "grant": DemoGrant(**row["grant"]) if row["grant"] else None,
        "outputs": tuple(DemoOutput(**one) for one in row["outputs"]),
    }
    return DemoProject(**{**row, **lists, **days, **things})


@cache
def regions() -> tuple[Region, ...]:
    return tuple(
        Region(frozenset(row["countries"]), row["sports"], tuple(row["reach_km"]), row["teams"])
        for row in _json("regions.json")
    )


def region_of(country: str) -> Region:
    return next(region for region in regions() if country in region.countries)


@cache
def venue_kinds() -> dict[str, VenueKind]:
    """Where a sport of the demonstration is played."""
    return {code: kind for kind, codes in _json("venues.json").items() for code in codes}


@cache
def notes() -> dict[str, list[str]]:
    """Sentences an officer may write, by the kind of venue."""
    by_kind: dict[str, list[str]] = _json("notes.en.json")
    return by_kind


def page_text(name: str, language: str = "en") -> str:
    """Markdown of a page: its first line is the title, its first paragraph the lead."""
    return (CONTENT / f"{name}.{language}.md").read_text("utf-8")


def articles() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _json("news.en.json")
    return rows


def agreements() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _json("agreements.en.json")
    return rows


def sentences(language: str = "en") -> dict[str, list[str]]:
    wording: dict[str, list[str]] = _json(f"sentences.{language}.json")
    return wording


def _json(name: str) -> Any:
    return json.loads((CONTENT / name).read_text("utf-8"))
