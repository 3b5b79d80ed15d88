"""Projects as CSV and XLSX: the public search given out, drafts taken in, all rows or none."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.row_files import MAX_BYTES
from research.models import Project
from tests.research.whole_project import fill

URL = "/research/import/"


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def send(client: Client, *lines: str, name: str = "projects.csv"):
    content = "\r\n".join(lines).encode()
    return client.post(URL, {"file": SimpleUploadedFile(name, content)})


@pytest.fixture
def signed_in(client: Client, researcher) -> Client:
    client.force_login(researcher)
    return client


def test_everyone_takes_the_public_search_as_a_table(
    client: Client, project_of, other_university, researcher
):
    project = fill(project_of(published=True), partner=other_university, investigator=researcher)
    project_of()
    (row,) = rows_of(client.get("/research/export.csv").content)
    assert (row["title"], row["status"], row["lead"]) == (project.title, "seeking", project.lead.ror)
    assert (row["partners"], row["partner_names"]) == (other_university.ror, other_university.name)
    assert (row["themes"], row["keywords"]) == ("health; performance", "sleep; training load")
    assert (row["raid"], row["starts_on"]) == ("https://raid.org/10.26259/2c33ec2f", "2027-01-01")
    assert row["page"].endswith(project.page.url)


def test_the_table_follows_the_filter(client: Client, project_of):
    project_of(published=True, status="running")
    assert len(rows_of(client.get("/research/export.csv?status=running").content)) == 1
    assert rows_of(client.get("/research/export.csv?status=finished").content) == []


def test_nothing_that_was_typed_is_computed(client: Client, project_of):
    project_of(published=True, title="=1+1", summary="@cmd")
    (row,) = rows_of(client.get("/research/export.csv").content)
    assert (row["title"], row["summary"]) == ("'=1+1", "'@cmd")
    book = openpyxl.load_workbook(io.BytesIO(client.get("/research/export.xlsx").content))
    cell = book.active["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.mark.parametrize("number", [1, 30])
def test_an_export_costs_the_same_queries_whatever_its_length(
    client: Client, project_of, other_university, researcher, number: int
):
    for _ in range(number):
        fill(project_of(published=True), partner=other_university, investigator=researcher)
    client.get("/research/export.csv")
    with CaptureQueriesContext(connection) as queries:
        assert len(rows_of(client.get("/research/export.csv").content)) == number
    assert len(queries) <= 18


def test_rows_become_drafts(signed_in: Client, university, other_university, researcher):
    response = send(
        signed_in,
        "title;acronym;status;partners;themes;keywords;fields;starts_on;ends_on;raid;doi",
        f"Sleep;SLP;seeking;{other_university.ror};health;rest, long;3.3;2027-01-01;2028-01-01;;10.1000/182",
        "Load;;;Kazan Federal University;;;;;;https://raid.org/10.26259/2c33ec2f;",
    )
    assert (response.status_code, response.url) == (302, "/research/mine/")
    sleep, load = Project.objects.order_by("pk")
    assert (sleep.title, sleep.acronym, sleep.status, sleep.lead) == ("Sleep", "SLP", "seeking", university)
    assert (sleep.themes, sleep.keywords, sleep.fields) == (["health"], ["rest, long"], ["3.3"])
    assert (sleep.doi, load.raid, load.status) == ("10.1000/182", "10.26259/2c33ec2f", "idea")
    assert [list(one.partners.all()) for one in (sleep, load)] == [[other_university]] * 2
    assert {(one.investigator, one.page.live) for one in (sleep, load)} == {(researcher, False)}


def test_every_fault_is_told_by_row_and_column_and_nothing_is_saved(signed_in: Client):
    response = send(
        signed_in,
        "title,status,lead,partners,themes,starts_on,ends_on,doi,raid",
        "Sleep,idea,,,,,,,",
        ",sleeping,05gqaka34,Nowhere,magic,2027-13-01,,11.1/2,x",
        "Late,idea,,,,2027-02-01,2027-01-01,,",
    )
    told = {(fault.row, fault.column) for fault in response.context["faults"]}
    assert told == {
        *(
            (3, name)
            for name in ("title", "status", "lead", "partners", "themes", "starts_on", "doi", "raid")
        ),
        (4, "ends_on"),
    }
    assert "Row 3, doi: “11.1/2” is not a DOI" in response.content.decode()
    assert Project.objects.count() == 0


def test_a_lead_that_is_not_ones_own_is_a_fault(signed_in: Client, other_university):
    response = send(signed_in, "title,lead", f"Sleep,{other_university.ror}")
    assert [(fault.row, fault.column) for fault in response.context["faults"]] == [(2, "lead")]


def test_what_was_given_out_is_taken_in(signed_in: Client, project_of, other_university, researcher):
    whole = fill(project_of(published=True), partner=other_university, investigator=researcher)
    for kind in ("csv", "xlsx"):
        content = signed_in.get(f"/research/export.{kind}").content
        assert signed_in.post(URL, {"file": SimpleUploadedFile(f"p.{kind}", content)}).status_code == 302
    copies = Project.objects.exclude(pk=whole.pk)
    assert len(copies) == 2
    for copy in copies:
        for name in ("title", "acronym", "themes", "keywords", "fields", "starts_on", "raid", "doi", "url"):
            assert getattr(copy, name) == getattr(whole, name), name


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_has_a_row_for_each_university(signed_in: Client, university, kind: str):
    content = signed_in.get(f"/research/import/template.{kind}").content
    if kind == "csv":
        assert [row["lead"] for row in rows_of(content)] == [university.ror]
    response = signed_in.post(URL, {"file": SimpleUploadedFile(f"p.{kind}", content)})
    assert {fault.column for fault in response.context["faults"]} == {"title"}


def test_too_many_rows_and_too_many_bytes_are_refused(signed_in: Client):
    assert "more than 200 rows" in send(signed_in, "title", *["Sleep"] * 201).content.decode()
    large = SimpleUploadedFile("p.csv", b"a" * (MAX_BYTES + 100_000))
    assert signed_in.post(URL, {"file": large}).status_code == 413


def test_only_who_may_propose_imports(client: Client, db, university):
    from tests.factories import UserFactory

    assert client.get(URL).status_code == 302
    client.force_login(UserFactory())
    assert client.get(URL).status_code == 404
    assert client.get("/research/import/template.csv").status_code == 404


def test_the_token_of_the_form_is_asked_for(researcher):
    client = Client(enforce_csrf_checks=True)
    client.force_login(researcher)
    assert send(client, "title", "Sleep").status_code == 403
