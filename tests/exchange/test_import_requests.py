"""Requests from CSV and XLSX files: every fault is told by row and column, and all rows are taken or none."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exchange.enums import DayUse
from exchange.forms.request_file import MAX_BYTES, BadFile, read_rows
from exchange.forms.written_dates import read_dates
from exchange.models import FixtureRequest, RequestDay
from tests.factories import (
    ClubFactory,
    FixtureRequestFactory,
    MembershipFactory,
    SeasonFactory,
    TeamFactory,
    UserFactory,
)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "/exchange/requests/import/"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def csv_of(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


def xlsx_of(*lines: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


def cells_of(raw: bytes) -> list[dict[str, str]]:
    return [{name: cell for name, cell in row.cells.items() if cell} for row in read_rows(raw)]


# -- reading


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_csv_is_read_whatever_excel_made_of_it(separator, encoding):
    raw = f'team{separator}notes\r\n"Команда"{separator}"зал, {separator} душ"\r\n'.encode(encoding)
    assert cells_of(raw) == [{"team": "Команда", "notes": f"зал, {separator} душ"}]


def test_rows_keep_the_numbers_that_spreadsheets_show():
    rows = read_rows(csv_of("team", "", "First", " , ", "Second").replace(b" , ", b"  "))
    assert [(row.number, row.cells["team"]) for row in rows] == [(3, "First"), (5, "Second")]


def test_xlsx_takes_dates_and_numbers_as_excel_stores_them():
    raw = xlsx_of(
        ["Team", "host_dates", "travel_dates", "wanted"],
        ["First", datetime(2027, 3, 6), date(2027, 3, 7), 2.0],  # noqa: DTZ001 - what Excel stores
    )
    assert cells_of(raw) == [
        {"team": "First", "host_dates": "2027-03-06", "travel_dates": "2027-03-07", "wanted": "2"}
    ]


def test_what_templates_escape_is_read_back():
    assert cells_of(csv_of("team", "'=Team", "'t Huis")) == [{"team": "=Team"}, {"team": "'t Huis"}]


def zipped(name: str, content: bytes) -> bytes:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return page.getvalue()


def with_sheet(xml: str) -> bytes:
    """A real workbook whose first sheet is replaced."""
    page = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_of(["team"]))) as book,
        zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in book.namelist():
            content = xml.encode() if name == "xl/worksheets/sheet1.xml" else book.read(name)
            made.writestr(name, content)
    return page.getvalue()


SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f'<worksheet xmlns="{SPACE}"><sheetData>{{}}</sheetData></worksheet>'
TEXT_CELL = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
HEADING = f'<row r="1">{TEXT_CELL.format("A1", "team")}</row>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf\r\n;;\r\n", "The file is empty."),
        (b"team", "The file has a heading, but no row below it."),
        (b"name\nFirst", "“name” is not a column. The columns are: team, host_dates,"),
        (b"team,team\nFirst,x", "The column team stands in the heading twice."),
        (b"wanted\n1", "The column team is missing in the first row, the heading."),
        (b"team,notes\nFirst,x,y", "Row 2 has more cells than the heading."),
        (b'team\n"First', "The CSV file is broken: unexpected end of data."),
        (b"team\n" + b"x" * 200_000, "The CSV file is broken: field larger than field limit"),
        (bytes(range(256)) * 40, "This is neither a CSV nor an XLSX file."),
        (b"\0" * 1000, "This is neither a CSV nor an XLSX file."),
        (b"team\n\x98\xff", "The letters of this file cannot be read"),
        (b"0" * (MAX_BYTES + 1), "The file is larger than 4 MB."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "This is a file of an old Excel"),
        (b"PK\x03\x04 and then nothing", "This XLSX file is broken or cut short."),
        (xlsx_of(["team"], ["First"])[:-300], "This XLSX file is broken or cut short."),
        (zipped("readme.txt", b"hello"), "This XLSX file cannot be read"),
        (
            zipped("xl/workbook.xml", b"0" * 60_000_000),
            "This XLSX file holds far more than such a file can.",
        ),
        (xlsx_of(["team", "wanted"], ["First", "=1+1"]), "Row 2 holds a formula; replace it by its value."),
        (with_sheet(LAUGHS + SHEET.format(HEADING)), "This XLSX file cannot be read"),
        (with_sheet(SHEET.format(HEADING)), "The file has a heading, but no row below it."),
        (
            with_sheet(SHEET.format(f'{HEADING}<row r="1048576">{TEXT_CELL.format("A1048576", "x")}</row>')),
            "The file has more than 5000 rows",
        ),
        (csv_of("team", *map(str, range(5001))), "The file has more than 5000 rows"),
    ],
)
def test_rubbish_gets_one_sentence(raw, sentence):
    with pytest.raises(BadFile) as refused:
        read_rows(raw)
    assert str(refused.value).startswith(sentence)


def test_five_thousand_rows_are_read():
    assert len(read_rows(csv_of("team", *map(str, range(5000))))) == 5000


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("", set()),
        ("2027-03-06", {6}),
        ("2027-03-06 2027-03-07;2027-03-09, 2027-03-06", {6, 7, 9}),
        ("2027-03-06..2027-03-08", {6, 7, 8}),
        ("2027-03-06 .. 2027-03-06", {6}),
    ],
)
def test_dates_of_a_cell(cell, days):
    assert read_dates(cell) == ({date(2027, 3, day) for day in days}, [])


@pytest.mark.parametrize(
    ("cell", "faults"),
    [
        ("2027-13-01", ["2027-13-01 is not a date"]),
        ("20270306 soon", ["20270306 is not a date", "soon is not a date"]),
        ("2027-03-08..2027-03-06", ["2027-03-08..2027-03-06 is not a range from one day to a later one"]),
        ("2027-03-06..", ["nothing is not a date"]),
        ("2000-01-01..2027-01-01", ["2000-01-01..2027-01-01 is not a range from one day to a later one"]),
        ("x " * 5000, ["more than 1000 dates"]),
    ],
)
def test_what_is_no_date_is_named(cell, faults):
    assert read_dates(cell)[1] == faults


# -- the page


@pytest.fixture
def season():
    return SeasonFactory()


@pytest.fixture
def club():
    return ClubFactory()


@pytest.fixture
def officer(client, club):
    officer = UserFactory()
    MembershipFactory(user=officer, club=club)
    client.force_login(officer)
    return officer


def send(client, season, raw: bytes, name: str = "requests.csv"):
    return client.post(URL, {"season": season.pk, "file": SimpleUploadedFile(name, raw)}, follow=True)


def faults_of(response) -> list[str]:
    return [f"Row {fault.row}, {fault.column}: {fault.text}" for fault in response.context["faults"]]


@pytest.mark.django_db
def test_a_file_files_its_requests(client, season, club, officer):
    lions, bears = TeamFactory(club=club, name="Lions"), TeamFactory(club=club, name="Bears")
    friends, foes = TeamFactory(name="Friends"), TeamFactory(name="Foes")
    response = send(
        client,
        season,
        csv_of(
            "team;host_dates;travel_dates;wanted;min_rest_days;max_distance_km;max_rating_gap;avoid;prefer;notes",
            f"Lions;2027-03-06..2027-03-08;2027-03-08 2027-03-13;2;3;450;200;{foes.pk};friends;Hi",
        ),
    )
    assert "1 request was filed. They name 4 days." in response.content.decode()
    request = FixtureRequest.objects.get(team=lions)
    assert (request.wanted, request.min_rest_days, request.max_distance_km, request.max_rating_gap) == (
        2,
        3,
        450,
        200,
    )
    assert (list(request.avoid.all()), list(request.prefer.all())) == ([foes], [friends])
    assert (request.notes, request.created_by, request.created_at) == ("Hi", officer, NOW)
    assert dict(request.days.values_list("date", "use")) == {
        date(2027, 3, 6): DayUse.HOST,
        date(2027, 3, 7): DayUse.HOST,
        date(2027, 3, 8): DayUse.BOTH,
        date(2027, 3, 13): DayUse.TRAVEL,
    }
    assert not FixtureRequest.objects.filter(team=bears).exists()


@pytest.mark.django_db
def test_an_empty_cell_means_the_default(client, season, club, officer):
    team = TeamFactory(club=club)
    send(client, season, csv_of("host_dates,team", f"2027-03-06,{team.pk}"))
    request = FixtureRequest.objects.get(team=team)
    assert (request.wanted, request.min_rest_days, request.max_distance_km) == (1, 1, 300)
    assert (request.max_rating_gap, request.notes) == (None, "")


@pytest.mark.django_db
def test_every_fault_is_told_by_row_and_column_and_nothing_is_saved(client, season, club, officer):
    good, bad = TeamFactory(club=club, name="Good"), TeamFactory(club=club, name="Bad")
    foreign = TeamFactory(name="Foreign")
    asked = FixtureRequestFactory(season=season, team__club=club, team__name="Asked").team
    for _ in range(2):
        TeamFactory(club__university=club.university, name="Twin")
    response = send(
        client,
        season,
        csv_of(
            "team,host_dates,travel_dates,wanted,max_distance_km,avoid,prefer,notes",
            "Good,2027-03-06,,1,,,,",
            "Bad,2027-13-01 soon,2026-01-01,two,0,Nobody,Good,",
            "Foreign,2027-03-06,,,,,,",
            "Asked,2027-03-06,,,,,,",
            "good,2027-03-06,,,,,,",
            ",2027-03-06,,,,,,",
            f"{foreign.pk},2027-03-06,,,,,,",
        ),
    )
    assert response.status_code == 200
    assert faults_of(response) == [
        "Row 3, host_dates: 2027-13-01 is not a date",
        "Row 3, host_dates: soon is not a date",
        "Row 3, avoid: unknown team “Nobody”",
        "Row 3, prefer: unknown team “Good”",
        "Row 3, travel_dates: 1 January 2026 lies outside the season,"
        " which runs from 1 February 2027 to 30 June 2027.",
        "Row 3, wanted: Enter a whole number.",
        "Row 3, max_distance_km: Ensure this value is greater than or equal to 1.",
        "Row 4, team: unknown team “Foreign”",
        "Row 5, team: Asked has already asked in this season; change that request on its page",
        "Row 6, team: Good stands already in row 2",
        "Row 7, team: no team is named",
        f"Row 8, team: unknown team “{foreign.pk}”",
    ]
    text = response.content.decode()
    assert "Nothing was saved. Correct these rows and send the file again." in text
    assert "12 faults in the file" in text
    assert [row.team for row in FixtureRequest.objects.all()] == [asked]
    assert good.requests.count() == bad.requests.count() == 0


@pytest.mark.django_db
def test_a_row_without_days_and_more_fixtures_than_days_are_faults(client, season, club, officer):
    TeamFactory(club=club, name="Idle")
    TeamFactory(club=club, name="Greedy")
    response = send(client, season, csv_of("team,host_dates,wanted", "Idle,,", "Greedy,2027-03-06,3"))
    assert faults_of(response) == [
        "Row 2, host_dates, travel_dates: Name at least one day on which the team can play.",
        "Row 3, wanted: There is only 1 day to play on; ask for no more fixtures than days.",
    ]


@pytest.mark.django_db
def test_a_name_that_several_teams_share_needs_a_number(client, season, officer):
    mine = MembershipFactory(user=officer).club
    first = TeamFactory(club__university=mine.university, club=mine, name="First team")
    MembershipFactory(user=officer, club=TeamFactory(name="First team").club)
    response = send(client, season, csv_of("team,host_dates", "First team,2027-03-06"))
    assert faults_of(response) == [
        "Row 2, team: several teams are called “First team”; write the team's number instead"
    ]
    send(client, season, csv_of("team,host_dates", f"{first.pk},2027-03-06"))
    assert FixtureRequest.objects.get().team == first


@pytest.mark.django_db
def test_an_unreadable_file_is_an_error_of_its_field(client, season, officer):
    response = send(client, season, b"\0\0\0", "requests.xlsx")
    assert response.context["form"].errors["file"] == ["This is neither a CSV nor an XLSX file."]
    response = send(client, season, b"")
    assert response.context["form"].errors["file"] == ["The submitted file is empty."]


@pytest.mark.django_db
def test_a_gigabyte_is_refused_before_it_is_read(client, season, officer):
    response = client.generic(
        "POST", URL, b"0", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(2**30)
    )
    assert response.status_code == 413
    assert "A request file has 4.0\xa0MB at most" in response.content.decode()


@pytest.mark.django_db
def test_the_token_of_the_form_is_asked_for(season, officer, client):
    client.handler.enforce_csrf_checks = True
    assert send(client, season, b"team\nx").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_comes_back_filled_in(client, season, club, officer, kind):
    names = ["=1+1", "+Team", "Звёзды"]
    for name in names:
        TeamFactory(club=club, name=name)
    TeamFactory(name="=Opponent")
    response = client.get(f"/exchange/requests/template.{kind}")
    assert response.headers["Content-Disposition"] == f'attachment; filename="requests.{kind}"'
    rows = read_rows(response.content)
    assert sorted(row.cells["team"] for row in rows) == sorted(names)
    assert all(row.cells["max_distance_km"] == "300" for row in rows)
    if kind == "csv":
        assert b"\r\n'=1+1," in response.content
        assert response.content.startswith(b"\xef\xbb\xbfteam,host_dates,")
    else:
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {
            "s",
            "inlineStr",
            "n",
        }
        assert [row[1].value for row in book["opponents"].iter_rows(min_row=2)] == ["=Opponent"]


@pytest.mark.django_db
def test_a_name_that_xml_cannot_hold_breaks_nobodys_template(client, season, club, officer):
    TeamFactory(club=club, name="First")
    TeamFactory(name="A\x01B")
    book = openpyxl.load_workbook(io.BytesIO(client.get("/exchange/requests/template.xlsx").content))
    assert [row[1].value for row in book["opponents"].iter_rows(min_row=2)] == ["AB"]


@pytest.mark.django_db
def test_there_is_no_template_of_another_kind(client, officer):
    assert client.get(reverse("exchange:requests_template", args=["pdf"])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("count", [2, 60])
def test_a_file_costs_the_same_queries_whatever_its_length(
    client, season, club, officer, count, django_assert_max_num_queries
):
    teams = TeamFactory.create_batch(count, club=club)
    raw = csv_of("team,host_dates", *(f"{team.pk},2027-03-06" for team in teams))
    upload = SimpleUploadedFile("requests.csv", raw)
    with django_assert_max_num_queries(14):
        client.post(URL, {"season": season.pk, "file": upload})
    assert RequestDay.objects.count() == count
