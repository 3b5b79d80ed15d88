"""The register's dump: what is read, what is kept, and what a bad file leaves behind."""

from __future__ import annotations

import csv
import json
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.models import University
from tests.factories import UniversityFactory

pytestmark = pytest.mark.django_db
DUMP = Path(__file__).parent / "data" / "ror-schema-2.json"


def imported(path: Path) -> str:
    out = StringIO()
    call_command("import_universities", path, stdout=out)
    return out.getvalue()


def records() -> list[dict]:
    return json.loads(DUMP.read_text())


def dump_of(tmp_path: Path, *chosen: dict) -> Path:
    path = tmp_path / "dump.json"
    path.write_text(json.dumps(chosen))
    return path


def test_the_result_can_be_counted():
    assert imported(DUMP).splitlines() == [
        "5 records read: 2 universities added, 0 changed, 0 unchanged, 3 skipped.",
        "  1 skipped: no place of education",
        "  1 skipped: status is inactive",
        "  1 skipped: no coordinates",
    ]


def test_a_record_becomes_a_university_that_has_not_joined():
    imported(DUMP)
    university = University.objects.get(ror="021036w13")
    assert (university.name, university.short_name) == ("Belarusian State University", "BSU")
    assert university.names == {
        "be": "Беларускі дзяржаўны ўніверсітэт",
        "ru": "Белорусский государственный университет",
    }
    assert (university.country.code, university.city) == ("BY", "Minsk")
    assert (university.lat, university.lon) == (53.9, 27.56667)
    assert str(university.time_zone) == "Europe/Minsk"
    assert university.slug == "belarusian-state-university"
    assert university.joined_at is None


def test_the_display_name_stands_whatever_its_language():
    imported(DUMP)
    university = University.objects.get(ror="00013q465")
    assert university.name == "Pontificia Universidad Católica del Perú"
    assert university.names == {"en": "Pontifical Catholic University of Peru"}
    assert university.slug == "pontificia-universidad-catolica-del-peru"


def test_a_second_import_changes_nothing():
    imported(DUMP)
    assert imported(DUMP).startswith("5 records read: 0 universities added, 0 changed, 2 unchanged")


def test_zipped_and_plain_are_the_same(tmp_path: Path):
    path = tmp_path / "v1.74-2025-11-24-ror-data.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("v1.74-2025-11-24-ror-data.json", '[{"name": "of schema 1"}]')
        archive.writestr("v1.74-2025-11-24-ror-data_schema_v2.json", DUMP.read_bytes())
        archive.writestr("v1.74-2025-11-24-ror-data_schema_v2.csv", "id,name\n")
    assert imported(path).startswith("5 records read: 2 universities added")


def test_the_registers_facts_go_and_the_portals_own_stay():
    joined = timezone.now()
    UniversityFactory(
        ror="021036w13", name="Old name", short_name="BDU", slug="bsu", joined_at=joined, city="Gomel",
        names={"pl": "Białoruski Uniwersytet Państwowy"},
    )  # fmt: skip
    assert "1 universities added, 1 changed" in imported(DUMP)
    university = University.objects.get(ror="021036w13")
    assert (university.name, university.city) == ("Belarusian State University", "Minsk")
    assert (university.short_name, university.slug, university.joined_at) == ("BDU", "bsu", joined)
    assert university.names.keys() == {"pl", "be", "ru"}


def test_two_of_one_name_have_two_addresses(tmp_path: Path):
    one, two = records()[0], records()[0] | {"id": "https://ror.org/040a2r459"}
    imported(dump_of(tmp_path, one, two))
    assert list(University.objects.order_by("pk").values_list("slug", flat=True)) == [
        "belarusian-state-university",
        "belarusian-state-university-2",
    ]


def test_a_record_that_stands_twice_is_taken_once(tmp_path: Path):
    assert "1 universities added" in imported(dump_of(tmp_path, records()[0], records()[0]))


def changed(**fields: object) -> dict:
    return records()[0] | fields


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (changed(names=None), "Record 2 (https://ror.org/021036w13) is not of schema 2"),
        ({"id": "x", "status": "active"}, "Record 2 (x) is not of schema 2: 'types' is missing."),
        ({"id": "x", "name": "Minsk", "status": "active"}, "Record 2 (x) is of schema 1;"),
        (changed(id="https://ror.org/021036w14"), "has a wrong check digit"),
        (changed(names=[]), "is not of schema 2: no name is marked as ror_display."),
        ("nonsense", "Entry 2 of the file is no record of an organisation."),
    ],
)
def test_a_bad_record_imports_nothing(tmp_path: Path, second: object, sentence: str):
    with pytest.raises(CommandError) as fault:
        imported(dump_of(tmp_path, records()[0], second))
    assert sentence in str(fault.value)
    assert str(fault.value).endswith("Nothing was imported.")
    assert fault.value.returncode == 2
    assert not University.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is not sound JSON"),
        (b"{}", "holds no records"),
        (b"[]", "holds no records"),
        (b"[{]", "is not sound JSON"),
        (DUMP.read_bytes()[:4000], "is not sound JSON after record 4"),
        (b"\xff\xfe[]", "is not sound JSON"),
        (b"ror,name\n021036w13,BSU\n", "is not sound JSON"),
    ],
)
def test_a_file_that_is_no_dump_is_refused_in_one_sentence(tmp_path: Path, content: bytes, sentence: str):
    path = tmp_path / "dump.json"
    path.write_bytes(content)
    with pytest.raises(CommandError) as fault:
        imported(path)
    assert sentence in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(CommandError, match=r"nowhere\.json cannot be read: No such file"):
        imported(tmp_path / "nowhere.json")


def test_a_damaged_zip_is_refused(tmp_path: Path):
    path = tmp_path / "dump.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("dump.json", DUMP.read_bytes())
    whole = path.read_bytes()
    path.write_bytes(whole[:200] + b"\0" * 200 + whole[400:])
    with pytest.raises(CommandError, match=r"damaged or locked zip file|not sound JSON"):
        imported(path)


def test_a_zip_without_json_is_refused(tmp_path: Path):
    path = tmp_path / "dump.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing here")
    with pytest.raises(CommandError, match="holds 0 JSON files where one is expected"):
        imported(path)


def test_the_worlds_universities_can_be_read(tmp_path: Path, shared_folder: Path):
    with (shared_folder / "data" / "universities.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for number, row in enumerate(csv.DictReader(lines)) if number % 10 == 0]
    assert f"{len(rows):,} universities added" in imported(dump_of(tmp_path, *map(as_record, rows)))


def as_record(row: dict[str, str]) -> dict:
    place = {
        "name": row["city"],
        "country_code": row["country"],
        "lat": float(row["lat"]),
        "lng": float(row["lon"]),
    }
    return {
        "id": row["id"],
        "status": "active",
        "types": ["education"],
        "locations": [{"geonames_id": 1, "geonames_details": place}],
        "names": [{"value": row["name"], "types": ["ror_display", "label"], "lang": None}],
    }
