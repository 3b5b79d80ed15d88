"""JSON-LD, RAiD 1.6 and CERIF-XML of a project, against the structures that their keepers document."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from lxml import etree

from research.formats.cerif import CERIF, cerif_project
from research.formats.json_ld import research_project
from research.formats.raid import raid_of
from research.models import Project
from research.queries.whole import public_whole
from tests.research.whole_project import EVIL, fill

ROR = "https://ror.org/"


@pytest.fixture
def project(project_of, other_university, researcher) -> Project:
    return fill(project_of(published=True), partner=other_university, investigator=researcher)


def told(page: str) -> dict[str, object]:
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(script)


def test_a_page_tells_search_engines_of_its_project(client: Client, project: Project, university):
    page = client.get(project.page.url).content.decode()
    facts = told(page)
    assert (facts["@type"], facts["name"], facts["alternateName"]) == (
        "ResearchProject",
        project.title,
        "SLEEP",
    )
    assert facts["parentOrganization"]["sameAs"] == ROR + university.ror
    assert facts["parentOrganization"]["@type"] == "CollegeOrUniversity"
    assert facts["url"].endswith(project.page.url)
    (grant,) = facts["funding"]
    assert grant == {
        "@type": "MonetaryGrant",
        "identifier": "101-22",
        "funder": {"@type": "Organization", "name": "Horizon", "sameAs": f"{ROR}02mhbdp94"},
        "amount": {"@type": "MonetaryAmount", "currency": "EUR", "value": "250000.50"},
    }
    leads = facts["member"][2]
    assert leads["roleName"] == "principal investigator"
    assert leads["member"]["sameAs"] == "https://orcid.org/0000-0002-1825-0097"
    assert {one["value"] for one in facts["identifier"]} == {
        "https://raid.org/10.26259/2c33ec2f",
        "https://doi.org/10.17605/osf.io/abcde",
    }


def test_nothing_that_was_typed_ends_the_script(client: Client, project: Project):
    page = client.get(project.page.url).content.decode()
    assert told(page)["description"] == f"We follow rowers. {EVIL}"
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize("hidden", ["Hidden Person", "Former Person", "0000-0001-5109-3700"])
def test_nobody_is_told_of_who_is_not_shown(client: Client, project: Project, hidden: str):
    whole = public_whole(project.pk)
    forms = [json.dumps(research_project(whole)), json.dumps(raid_of(whole))]
    forms.append(etree.tostring(cerif_project(whole)).decode())
    assert [form for form in forms if hidden in form] == []


def test_a_page_leads_to_the_forms_for_other_programs(client: Client, project: Project):
    page = client.get(project.page.url).content.decode()
    for name in ("raid.json", "cerif.xml", "outputs.bib", "outputs.json"):
        address = f"/research/projects/{project.pk}/{name}"
        assert re.search(rf'<link rel="alternate" type="[^"]+" href="{address}"', page), name
        assert client.get(address).status_code == 200


def test_a_draft_has_no_form_and_an_empty_project_has_all(client: Client, project_of):
    draft, empty = project_of(), project_of(published=True)
    for name in ("raid.json", "cerif.xml", "outputs.bib", "outputs.json"):
        assert client.get(f"/research/projects/{draft.pk}/{name}").status_code == 404
        assert client.get(f"/research/projects/{empty.pk}/{name}").status_code == 200
    assert told(client.get(empty.page.url).content.decode())["@type"] == "ResearchProject"


def test_outputs_are_given_out_as_bibtex_and_csl(client: Client, project: Project):
    bib = client.get(f"/research/projects/{project.pk}/outputs.bib")
    assert bib["Content-Type"].startswith("application/x-bibtex")
    assert "doi = {10.1000/182}" in bib.content.decode()
    items = json.loads(client.get(f"/research/projects/{project.pk}/outputs.json").content)
    assert [(item["type"], item["title"]) for item in items] == [
        ("article-journal", "Rowers & sleep"),
        ("report", "A first report"),
    ]


# -- RAiD: https://metadata.raid.org/en/v1.6/

VOCABULARY = r"https://vocabulary\.raid\.org/"
DAY = r"\d{4}-\d{2}-\d{2}"
#: Every block that the portal writes, with its mandatory properties and the form of each.
RAID = {
    "identifier": {
        "id": r"https://raid\.org/10\.\d+/[a-z0-9.]+",
        "schemaUri": r"https://raid\.org/",
        "owner.id": r"https://ror\.org/0[a-z0-9]{8}",
        "owner.schemaUri": r"https://ror\.org/",
        "license": "Creative Commons CC-0",
        "version": r"\d+",
    },
    "metadata": {"created": r"\d{10}", "updated": r"\d{10}"},
    "title": {
        "text": r".{1,100}",
        "type.id": VOCABULARY + r"title\.type\.id/(380|381|378|379)",
        "type.schemaUri": VOCABULARY + r"title\.type\.schema/376",
        "language.id": r"[a-z]{3}",
        "language.schemaUri": r"https://www\.iso\.org/standard/74575\.html",
        "startDate": DAY,
    },
    "date": {"startDate": DAY},
    "description": {
        "text": r"(?s).{1,1000}",
        "type.id": VOCABULARY + r"description\.type\.id/(326|321|322|327|323|324|325)",
        "type.schemaUri": VOCABULARY + r"description\.type\.schema/320",
    },
    "contributor": {
        "id": r"https://orcid\.org/[0-9X-]{19}",
        "schemaUri": r"https://orcid\.org/",
        "position.0.id": VOCABULARY + r"contributor\.position\.schema/(307|308|309|310|311)",
        "position.0.schemaUri": VOCABULARY + r"contributor\.position\.schema/305",
        "position.0.startDate": DAY,
        "leader": "True|False",
        "contact": "True|False",
    },
    "organisation": {
        "id": r"https://ror\.org/0[a-z0-9]{8}",
        "schemaUri": r"https://ror\.org/",
        "role.0.id": VOCABULARY + r"organisation\.role\.schema/18[2-8]",
        "role.0.schemaUri": VOCABULARY + r"organisation\.role\.schema/359",
        "role.0.startDate": DAY,
    },
    "relatedObject": {
        "id": r"https://doi\.org/10\..+",
        "schemaUri": r"http://doi\.org/",
        "type.id": VOCABULARY + r"relatedObject\.type\.schema/2[4-7]\d",
        "type.schemaUri": VOCABULARY + r"relatedObject\.type\.schema/329",
        "category.0.id": VOCABULARY + r"relatedObject\.category\.id/19[0-2]",
        "category.0.schemaUri": VOCABULARY + r"relatedObject\.category\.schema/385",
    },
    "access": {
        "type.id": r"https://vocabularies\.coar-repositories\.org/access_rights/c_abf2/",
        "type.schemaUri": r"https://vocabularies\.coar-repositories\.org/access_rights/",
    },
    "alternateUrl": {"url": r"https?://.+"},
    "alternateIdentifier": {"id": ".+", "type": ".+"},
}


def test_raid_json_has_the_documented_structure(client: Client, project: Project):
    record = json.loads(client.get(f"/research/projects/{project.pk}/raid.json").content)
    assert set(record) == set(RAID)
    for block, forms in RAID.items():
        for entry in record[block] if isinstance(record[block], list) else [record[block]]:
            for path, form in forms.items():
                assert re.fullmatch(form, str(at(entry, path))), (block, path, at(entry, path))


def at(entry: object, path: str) -> object:
    for step in path.split("."):
        entry = entry[int(step)] if step.isdigit() else entry[step]
    return entry


def test_raid_json_has_one_primary_title_one_lead_and_a_leader(project: Project):
    record = raid_of(public_whole(project.pk))
    kinds = [at(title, "type.id").rpartition("/")[2] for title in record["title"]]
    assert kinds == ["380", "378"]
    roles = [at(one, "role.0.id").rpartition("/")[2] for one in record["organisation"]]
    assert roles == ["182", "183", "187", "186"]
    assert [one["leader"] for one in record["contributor"]] == [True, False]
    assert record["contributor"][1]["role"][0]["id"] == "https://credit.niso.org/contributor-role/software/"
    assert record["date"] == {"startDate": "2027-01-01", "endDate": "2029-12-31"}


def test_a_title_that_raid_has_no_room_for_is_cut_at_a_word(project_of):
    project = project_of(published=True, title="Sleep " * 40)
    record = raid_of(public_whole(project.pk))
    assert len(record["title"][0]["text"]) <= 100
    assert record["title"][0]["text"].endswith("Sleep…")
    assert record["description"][1]["text"] == project.title
    assert "identifier" not in record


# -- CERIF: OpenAIRE Guidelines for CRIS Managers 1.1, the order of the elements of each entity

SEQUENCES = {
    "Project": "Type Acronym Title Identifier StartDate EndDate Consortium Team Funded Subject Keyword"
    " Abstract Status Uses OAMandate",
    "Consortium": "Coordinator Partner Contractor InKindContributor Member",
    "Team": "PrincipalInvestigator Contact Member",
    "Funded": "By As",
    "OrgUnit": "Type Acronym Name Identifier ElectronicAddress PartOf",
    "Person": "PersonName Gender ORCID Identifier ElectronicAddress Affiliation",
    "PersonName": "FamilyNames FirstNames OtherNames",
    "Funding": "Type Acronym Name Amount Identifier Description Subject Keyword Funder PartOf Duration",
    "Coordinator": "DisplayName OrgUnit Person",
    "Partner": "DisplayName OrgUnit Person",
    "InKindContributor": "DisplayName OrgUnit Person",
    "PrincipalInvestigator": "DisplayName Person Affiliation",
    "Member": "DisplayName Person Affiliation",
    "Affiliation": "DisplayName OrgUnit",
    "By": "DisplayName OrgUnit",
    "As": "Funding",
}
ONCE = {"Acronym", "StartDate", "EndDate", "Consortium", "Team", "By", "As", "Amount", "PersonName", "ORCID"}
IN_A_LANGUAGE = {"Title", "Name", "Keyword", "Abstract"}
FUNDING_TYPES = "https://www.openaire.eu/cerif-profile/vocab/OpenAIRE_Funding_Types"


def test_cerif_xml_has_the_documented_structure(client: Client, project: Project):
    root = etree.fromstring(client.get(f"/research/projects/{project.pk}/cerif.xml").content)
    assert root.tag == f"{{{CERIF}}}Project"
    for element in root.iter():
        space, name = element.tag[1:].split("}")
        assert space == (FUNDING_TYPES if element.tag.endswith("}Type") else CERIF)
        if name in SEQUENCES:
            order = SEQUENCES[name].split()
            children = [etree.QName(child).localname for child in element]
            assert [order.index(child) for child in children] == sorted(map(order.index, children)), name
            assert all(children.count(child) == 1 for child in ONCE & set(children)), name
        else:
            assert len(element) == 0, name
        if name in ("Project", "OrgUnit", "Person", "Funding"):
            assert 0 < len(element.get("id")) <= 128
        if name in IN_A_LANGUAGE:
            assert element.get("{http://www.w3.org/XML/1998/namespace}lang")
        if name == "Identifier":
            assert element.get("type").startswith("https://")
        if name in ("Subject", "Status"):
            assert element.get("scheme")
    assert root.find(f".//{{{CERIF}}}Amount").attrib == {"currency": "EUR"}


def test_cerif_xml_says_who_does_what(project: Project, university, other_university):
    root = cerif_project(public_whole(project.pk))

    def found(path: str) -> list[str]:
        steps = "/".join(f"c:{step}" for step in path.split("/"))
        return [one.get("id") or one.text for one in root.iterfind(steps, {"c": CERIF})]

    assert found("Consortium/Coordinator/OrgUnit") == [university.ror]
    assert found("Consortium/Partner/OrgUnit") == [other_university.ror]
    assert found("Consortium/InKindContributor/OrgUnit/Name") == ["Clinic"]
    assert found("Team/PrincipalInvestigator/Person") == ["0000-0002-1825-0097"]
    assert found("Team/Member/Person/PersonName/FamilyNames") == ["Dyk", "Plato"]
    assert found("Funded/By/OrgUnit/Name") == ["Horizon", "Ministry of Sport"]
    assert found("Funded/As/Funding/Identifier") == ["101-22"]
    assert found("Abstract") == [f"We follow rowers. {EVIL}".replace("\x07", "")]


def test_the_sitemap_names_the_page(client: Client, project: Project):
    assert f"{project.page.url}</loc>" in client.get("/sitemap.xml").content.decode()
