"""The OAI-PMH endpoint, harvested by sickle as by anybody, and asked what nobody should."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import requests
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from research.actions.changes import note_change
from research.actions.records import SETTLING
from research.models import Project, ProjectPage, Record
from research.oai import harvest
from tests.research.harvester import NoRecordsMatch, Sickle
from tests.research.whole_project import fill

NOW = datetime(2027, 3, 6, 12, tzinfo=UTC)
URL = "http://portal.test/oai/"
OAI = "{http://www.openarchives.org/OAI/2.0/}"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Traveller]:
    # PostgreSQL has a clock of its own, which nobody travels with.
    monkeypatch.setattr("research.views.oai.cautious_now", timezone.now)
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sickle(client: Client, monkeypatch: pytest.MonkeyPatch) -> Sickle:
    """Its requests go to Django instead of the network."""

    def get(url: str, params: dict[str, str], **options: object) -> requests.Response:
        answered = client.get("/oai/", params)
        response = requests.Response()
        response.status_code, response._content = answered.status_code, answered.content
        response.encoding, response.url = "utf-8", url
        return response

    monkeypatch.setattr(requests, "get", get)
    return Sickle(URL)


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harvest, "PART", 2)


def ask(client: Client, **arguments: str) -> etree._Element:
    response = client.get("/oai/", {name.rstrip("_"): value for name, value in arguments.items()})
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    return etree.fromstring(response.content)


def fault_of(client: Client, **arguments: str) -> str:
    return ask(client, **arguments).find(f"{OAI}error").get("code")


def change(project: Project, clock: time_machine.Traveller, seconds: int = 0) -> None:
    clock.shift(timedelta(seconds=seconds))
    note_change(project=project, now=datetime.now(UTC))


def test_identify(sickle: Sickle, clock, project_of):
    project_of(published=True)
    clock.shift(SETTLING)
    said = sickle.Identify()
    assert (said.protocolVersion, said.deletedRecord) == ("2.0", "persistent")
    assert said.granularity == "YYYY-MM-DDThh:mm:ssZ"
    assert (said.baseURL, said.adminEmail) == (URL, "portal@example.org")
    assert said.earliestDatestamp == "2027-03-06T12:01:00Z"


def test_formats_and_sets(sickle: Sickle, clock, project_of, university):
    project = project_of(published=True)
    Project.objects.filter(pk=project.pk).update(themes=["health"])
    change(project, clock)
    formats = {one.metadataPrefix: one.metadataNamespace for one in sickle.ListMetadataFormats()}
    assert formats == {
        "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
        "oai_cerif_openaire": "https://www.openaire.eu/cerif-profile/1.1/",
    }
    assert [one.setSpec for one in sickle.ListSets()] == [
        "openaire_cris_projects",
        "theme",
        "theme:health",
        "university",
        f"university:{university.ror}",
    ]


def test_a_record_in_both_formats(sickle: Sickle, clock, project_of, other_university, researcher):
    project = fill(project_of(published=True), partner=other_university, investigator=researcher)
    identifier = f"oai:portal.test:Projects/{project.pk}"
    record = sickle.GetRecord(identifier=identifier, metadataPrefix="oai_dc")
    assert record.header.identifier == identifier
    assert record.metadata["title"] == [project.title, "SLEEP"]
    assert record.metadata["creator"] == ["Olga Iljina", "Jan van Dyk", "Plato"]
    assert record.metadata["identifier"][1:] == [
        "https://raid.org/10.26259/2c33ec2f",
        "https://doi.org/10.17605/osf.io/abcde",
    ]
    assert record.metadata["date"] == ["2027-01-01/2029-12-31"]
    cerif = sickle.GetRecord(identifier=identifier, metadataPrefix="oai_cerif_openaire")
    assert cerif.xml.find(".//{https://www.openaire.eu/cerif-profile/1.1/}Acronym").text == "SLEEP"


@pytest.mark.usefixtures("small_parts")
def test_a_harvest_ends_well_though_things_change_in_the_middle(sickle: Sickle, client, clock, project_of):
    projects = [project_of(published=True) for _ in range(7)]
    drafts = project_of()
    clock.shift(SETTLING + timedelta(seconds=1))
    first = sickle.ListRecords(metadataPrefix="oai_dc")
    seen = [next(first).header.identifier for _ in range(3)]
    began = first.oai_response.xml.find(f"{OAI}responseDate").text

    # One that was given out, one that was not, one that ends, one that begins.
    change(projects[0], clock, seconds=5)
    change(projects[5], clock)
    projects[6].page.unpublish()
    drafts.page.get_latest_revision().publish()
    clock.shift(SETTLING * 2)

    seen += [record.header.identifier for record in first]
    at_once = [f"oai:portal.test:Projects/{project.pk}" for project in projects[:5]]
    assert seen == at_once, "each once, nothing twice, nothing skipped"

    # Who comes back with the date of that harvest is told of all that changed since.
    later = {
        record.header.identifier: record.header.deleted
        for record in sickle.ListRecords(**{"metadataPrefix": "oai_dc", "from": began})
    }
    assert later == {
        f"oai:portal.test:Projects/{projects[0].pk}": False,
        f"oai:portal.test:Projects/{projects[5].pk}": False,
        f"oai:portal.test:Projects/{projects[6].pk}": True,
        f"oai:portal.test:Projects/{drafts.pk}": False,
    }


@pytest.mark.usefixtures("small_parts")
def test_lists_say_how_long_they_are_and_end_with_an_empty_token(client: Client, clock, project_of):
    for _ in range(3):
        project_of(published=True)
    clock.shift(SETTLING + timedelta(seconds=1))
    token = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc").find(f".//{OAI}resumptionToken")
    assert (token.get("completeListSize"), token.get("cursor")) == ("3", "0")
    last = ask(client, verb="ListIdentifiers", resumptionToken=token.text)
    token = last.find(f".//{OAI}resumptionToken")
    assert (token.text, token.get("cursor"), len(last.findall(f".//{OAI}header"))) == (None, "2", 1)


def test_a_change_is_shown_once_its_transaction_has_had_its_time(client: Client, clock, project_of):
    """Otherwise what commits late would lie before the date with which a harvester comes back."""
    project_of(published=True)
    assert fault_of(client, verb="ListRecords", metadataPrefix="oai_dc") == "noRecordsMatch"
    clock.shift(SETTLING)
    assert fault_of(client, verb="ListRecords", metadataPrefix="oai_dc") == "noRecordsMatch"
    clock.shift(timedelta(seconds=1))
    assert ask(client, verb="ListRecords", metadataPrefix="oai_dc").find(f".//{OAI}record") is not None


def test_a_clock_that_was_set_back_takes_no_change_out_of_sight(clock, project_of):
    project = project_of(published=True)
    before = Record.objects.get().changed_at
    note_change(project=project, now=NOW - timedelta(hours=1))
    assert Record.objects.get().changed_at == before


@pytest.mark.parametrize("end", ["unpublish", "delete page", "delete project"])
def test_a_deleted_record_stays_to_be_told(sickle: Sickle, clock, project_of, end: str):
    project = project_of(published=True)
    identifier = f"oai:portal.test:Projects/{project.pk}"
    clock.shift(timedelta(hours=1))
    if end == "unpublish":
        project.page.unpublish()
    else:
        ProjectPage.objects.get(project=project).delete()
    if end == "delete project":
        project.delete()
    clock.shift(timedelta(hours=1))
    (record,) = sickle.ListRecords(metadataPrefix="oai_dc")
    assert (record.header.deleted, record.header.datestamp) == (True, "2027-03-06T13:01:00Z")
    assert record.header.identifier == identifier


def test_a_project_that_comes_back_keeps_its_identifier(sickle: Sickle, clock, project_of):
    project = project_of(published=True)
    project.page.unpublish()
    project.page.get_latest_revision().publish()
    clock.shift(timedelta(hours=1))
    (record,) = sickle.ListRecords(metadataPrefix="oai_dc")
    assert (record.header.deleted, Record.objects.count()) == (False, 1)


def test_harvests_by_set_and_date(sickle: Sickle, clock, project_of, university):
    health, plain = project_of(published=True), project_of(published=True)
    Project.objects.filter(pk=health.pk).update(themes=["health"])
    change(health, clock, seconds=3600)
    clock.shift(timedelta(hours=1))

    def found(**arguments: str) -> set[str]:
        named = {name.rstrip("_"): value for name, value in arguments.items()}
        try:
            listed = list(sickle.ListIdentifiers(metadataPrefix="oai_dc", **named))
        except NoRecordsMatch:
            return set()
        return {header.identifier.rpartition("/")[2] for header in listed}

    one, other = str(health.pk), str(plain.pk)
    assert found(set="theme:health") == found(set="theme") == {one}
    assert found(set=f"university:{university.ror}") == found(set="openaire_cris_projects") == {one, other}
    assert found(set="theme:nutrition") == found(set="the") == found(set="%") == set()
    assert found(from_="2027-03-06T13:01:00Z") == found(from_="2027-03-06T12:01:01Z") == {one}
    assert found(until="2027-03-06T12:01:00Z") == {other}
    assert found(from_="2027-03-06", until="2027-03-06") == {one, other}
    assert found(until="2027-03-05") == found(from_="2027-03-07") == set()
    assert found(until="9999-12-31") == {one, other}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Harvest"}, "badVerb"),
        ({"verb": "Identify", "set": "theme"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": ""}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "yesterday"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2027-02-30"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2027-03-06T12:00Z"}, "badArgument"),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2027-03-07", "until": "2027-03-06"},
            "badArgument",
        ),
        (
            {
                "verb": "ListRecords",
                "metadataPrefix": "oai_dc",
                "from_": "2027-03-07",
                "until": "2027-03-08T00:00:00Z",
            },
            "badArgument",
        ),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "made-up"}, "badResumptionToken"),
        ({"verb": "ListSets", "resumptionToken": "made-up"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "a", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "x\x07"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "oai:portal.test:Projects/0"}, "idDoesNotExist"),
    ],
)
def test_errors_have_the_protocols_codes(client: Client, db, arguments: dict[str, str], code: str):
    assert fault_of(client, **arguments) == code


def test_arguments_that_are_said_twice(client: Client, db):
    twice = etree.fromstring(client.get("/oai/?verb=Identify&verb=Identify").content)
    assert twice.find(f"{OAI}error").get("code") == "badVerb"
    sets = client.get("/oai/?verb=ListRecords&metadataPrefix=oai_dc&set=a&set=b").content
    assert etree.fromstring(sets).find(f"{OAI}error").get("code") == "badArgument"


@pytest.mark.usefixtures("small_parts")
def test_a_token_belongs_to_its_verb_and_is_not_changed(client: Client, clock, project_of):
    for _ in range(3):
        project_of(published=True)
    clock.shift(timedelta(hours=1))
    listed = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
    token = listed.find(f".//{OAI}resumptionToken").text
    assert fault_of(client, verb="ListRecords", resumptionToken=token) == "badResumptionToken"
    other = token[:-1] + ("A" if token[-1] != "A" else "B")
    assert fault_of(client, verb="ListIdentifiers", resumptionToken=other) == "badResumptionToken"


def test_a_request_is_said_again_unless_its_arguments_are_the_fault(client: Client, db):
    request = ask(client, verb="ListRecords", metadataPrefix="marc").find(f"{OAI}request")
    assert (dict(request.attrib), request.text) == ({"verb": "ListRecords", "metadataPrefix": "marc"}, URL)
    assert dict(ask(client, verb="ListRecords", color="red").find(f"{OAI}request").attrib) == {}


def test_harvesters_may_post(db):
    posted = Client(enforce_csrf_checks=True).post("/oai/", {"verb": "Identify"})
    assert etree.fromstring(posted.content).find(f"{OAI}Identify") is not None


def test_what_is_not_public_is_not_told_even_before_its_record_knows(client: Client, clock, project_of):
    project = project_of(published=True)
    clock.shift(timedelta(hours=1))
    ProjectPage.objects.filter(project=project).update(live=False)
    listed = ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    assert listed.find(f".//{OAI}header").get("status") == "deleted"
    assert listed.find(f".//{OAI}metadata") is None


@pytest.mark.parametrize("number", [1, 30])
def test_a_part_costs_the_same_queries_whatever_its_length(
    client: Client, clock, project_of, other_university, researcher, number: int
):
    for _ in range(number):
        fill(project_of(published=True), partner=other_university, investigator=researcher)
    clock.shift(timedelta(hours=1))
    ask(client, verb="Identify")
    for prefix in ("oai_dc", "oai_cerif_openaire"):
        with CaptureQueriesContext(connection) as queries:
            listed = ask(client, verb="ListRecords", metadataPrefix=prefix)
        assert len(listed.findall(f".//{OAI}record")) == number
        assert len(queries) <= 12, [query["sql"][:120] for query in queries]
