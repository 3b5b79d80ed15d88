"""One record of the register becomes the facts of a university, or the reason why it is none for us."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from tzfpy import get_tz

from portal.identifiers import check_ror
from portal.models import University

from .dump import DumpFault

#: Schema 2 allows any length; our columns do not.
LONGEST_NAME, LONGEST_CITY, LONGEST_SHORT_NAME = (
    University._meta.get_field(name).max_length for name in ("name", "city", "short_name")
)


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    ror: str
    name: str
    short_name: str
    names: dict[str, str]
    country: str
    city: str
    lat: float
    lon: float
    time_zone: str
    domains: list[str] = field(default_factory=list)


def read_entry(record: dict[str, Any], number: int) -> RegisterEntry | str:
    """The entry, or in a few words why the record is skipped. DumpFault for what is not of schema 2."""
    try:
        return _skipped(record) or _entry(record)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as fault:
        raise DumpFault(
            f"Record {number} ({record.get('id', 'without id')}) {_complaint(record, fault)}"
        ) from fault


def _complaint(record: dict[str, Any], fault: Exception) -> str:
    if "name" in record and "names" not in record:
        return "is of schema 1; take the dump's file of schema 2 (its name may end in _schema_v2.json)."
    if isinstance(fault, KeyError):
        return f"is not of schema 2: {fault} is missing."
    return f"is not of schema 2: {fault}."


def _skipped(record: dict[str, Any]) -> str:
    if record["status"] != "active":
        return f"status is {record['status']}"
    if "education" not in record["types"]:
        return "no place of education"
    place = record["locations"][0]["geonames_details"] if record["locations"] else {}
    if place.get("lat") is None or place.get("lng") is None:
        return "no coordinates"
    if not place.get("country_code"):
        return "no country"
    return ""


def _entry(record: dict[str, Any]) -> RegisterEntry | str:
    place = record["locations"][0]["geonames_details"]
    lat, lon = float(place["lat"]), float(place["lng"])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{lat}, {lon} is no point on the globe")
    time_zone = get_tz(lon, lat)
    if time_zone not in _known_zones():
        return "no time zone"
    display = _display_name(record["names"])
    if len(display["value"]) > LONGEST_NAME or len(place["name"]) > LONGEST_CITY:
        return "name too long"
    return RegisterEntry(
        ror=check_ror(record["id"]),
        name=display["value"],
        short_name=_short_name(record["names"]),
        names=_other_names(record["names"], display),
        country=place["country_code"],
        city=place["name"],
        lat=lat,
        lon=lon,
        time_zone=time_zone,
        domains=[domain.lower() for domain in record.get("domains", ())],
    )


def _display_name(names: list[dict[str, Any]]) -> dict[str, Any]:
    for name in names:
        if "ror_display" in name["types"]:
            return name
    raise ValueError("no name is marked as ror_display")


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _short_name(names: list[dict[str, Any]]) -> str:
    acronyms = [name["value"] for name in names if "acronym" in name["types"]]
    return next((value for value in acronyms if len(value) <= LONGEST_SHORT_NAME), "")


def _other_names(names: list[dict[str, Any]], display: dict[str, Any]) -> dict[str, str]:
    """Official names by language; the first of a language stands, the list is sorted in the register."""
    labels = [name for name in names if "label" in name["types"] and name.get("lang")]
    return {
        name["lang"]: name["value"]
        for name in reversed(labels)
        if name["lang"] != display.get("lang") and len(name["value"]) <= LONGEST_NAME
    }
