"""The sections on which a project is written."""

from __future__ import annotations

import pytest
from django.urls import reverse

from research.body import html_of, marks_of
from research.enums import PartyRole
from research.forms.sections import SECTIONS
from research.models import Output, Project
from tests.factories import AgreementFactory, UserFactory

pytestmark = pytest.mark.django_db

ORCID = "0000-0002-1825-0097"
DOI = "10.1371/journal.pone.0000217"


@pytest.fixture
def project(project_of) -> Project:
    return project_of(title="Sleep of rowers")


@pytest.fixture
def writer(client, researcher):
    client.force_login(researcher)
    return client


def address(project: Project, section: str) -> str:
    return reverse("research:project_section", args=[project.pk, section])


def rows(prefix: str, *sent: dict, kept: int = 0) -> dict[str, object]:
    data = {f"{prefix}-TOTAL_FORMS": len(sent), f"{prefix}-INITIAL_FORMS": kept, f"{prefix}-MIN_NUM_FORMS": 0}
    for number, one in enumerate(sent):
        data |= {f"{prefix}-{number}-{name}": value for name, value in one.items()}
    return data


FACTS = {"title": "Sleep of rowers", "summary": "We ask.", "status": "running"}


def test_each_section_opens_and_is_counted(writer, project):
    html = writer.get(reverse("research:project_edit", args=[project.pk])).text
    for name in SECTIONS:
        assert address(project, name) in html
        assert writer.get(address(project, name)).status_code == 200, name
    assert writer.get(address(project, "nonsense")).status_code == 404


def test_a_title_is_enough_to_begin(writer, university):
    answer = writer.post(reverse("research:project_new"), {"lead": university.pk, "title": "  Sleep  again "})
    project = Project.objects.get()
    assert (project.title, project.summary, answer.url) == ("Sleep again", "", address(project, "facts"))


def test_facts_are_kept(writer, project):
    sent = FACTS | {"acronym": "SLEEP", "starts_on": "2027-01-01", "ends_on": "2028-12-31"}
    sent |= {"themes": ["health", "data"], "fields_of_science": ["3.3"], "sports": ["ROW"]}
    answer = writer.post(address(project, "facts"), sent | {"keywords": "sleep\nload", "go_on": "1"})
    assert answer.url == address(project, "text")
    project.refresh_from_db()
    assert (project.acronym, project.themes, project.fields) == ("SLEEP", ["health", "data"], ["3.3"])
    assert (project.sports, project.keywords, project.ends_on.year) == (["ROW"], ["sleep", "load"], 2028)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Title: This field is required."),
        ({"title": "a" * 251}, "at most 250"),
        ({"title": "Sleep\x01"}, "invisible control characters"),
        ({"status": "nonsense"}, "Status: Select a valid choice"),
        ({"starts_on": "2027-05-01", "ends_on": "2027-04-01"}, "It cannot end before it starts."),
        ({"starts_on": "31.02.2027"}, "Starts on: Enter a valid date."),
        ({"themes": ["health", "data", "society", "coaching", "nutrition", "medicine"]}, "Choose up to 5."),
        ({"fields_of_science": ["9.9"]}, "Select a valid choice"),
    ],
)
def test_wrong_facts_are_told_and_nothing_typed_is_lost(writer, project, wrong, said):
    answer = writer.post(address(project, "facts"), FACTS | {"summary": "Long thoughts"} | wrong)
    assert answer.status_code == 200
    assert said in answer.text
    assert "Long thoughts" in answer.text
    project.refresh_from_db()
    assert project.summary == "We follow rowers."


def test_facts_typed_while_it_was_published_come_back_and_are_saved_the_second_time(writer, project):
    project.page.get_latest_revision().publish()
    answer = writer.post(address(project, "facts"), FACTS | {"was_live": "0"})
    assert answer.status_code == 409
    assert "published while you wrote" in answer.text
    assert "We ask." in answer.text
    assert 'name="was_live" value="1"' in answer.text
    project.refresh_from_db()
    assert project.status == "seeking"
    assert writer.post(address(project, "facts"), FACTS | {"was_live": "1"}).status_code == 302
    project.refresh_from_db()
    assert (project.status, project.summary) == ("running", "We follow rowers.")


def test_partners_have_roles_and_go(writer, project, other_university):
    sent = rows("universities", {"university": "Kazan Federal University", "role": "facility"})
    sent |= rows("outside", {"name": "Clinic of Pinsk", "ror": "https://ror.org/05gqaka33", "role": "funder"})
    assert writer.post(address(project, "partners"), sent).status_code == 302
    share, clinic = project.participations.get(), project.outside_parties.get()
    assert (share.university, share.role) == (other_university, PartyRole.FACILITY)
    assert (clinic.name, clinic.ror, clinic.role) == ("Clinic of Pinsk", "05gqaka33", "funder")

    gone = rows("universities") | rows(
        "outside", {"row": clinic.pk, "name": "Clinic of Pinsk", "role": "funder", "DELETE": "on"}, kept=1
    )
    assert writer.post(address(project, "partners"), gone).status_code == 302
    assert not project.participations.exists()
    assert not project.outside_parties.exists()


def test_wrong_partners_are_told(writer, project, university, other_university):
    kazan = {"university": other_university.name, "role": "partner"}
    for sent, said in (
        (rows("universities", {"university": university.name, "role": "partner"}), "not a partner of itself"),
        (rows("universities", kazan, kazan), "stands above already"),
        (rows("universities", {"university": "Nowhere", "role": "partner"}), "Nowhere"),
    ):
        answer = writer.post(address(project, "partners"), sent | rows("outside"))
        assert said in answer.text
    wrong_ror = rows("outside", {"name": "Clinic", "ror": "05gqaka34", "role": "partner"})
    assert (
        "wrong check digit"
        in writer.post(address(project, "partners"), rows("universities") | wrong_ror).text
    )


def test_people_with_an_account_speak_for_themselves(writer, project, researcher):
    other = project.members.create(person=UserFactory(), name="Anna Own", shown=False)
    me = project.members.get(person=researcher)
    mine = {"row": me.pk, "name": "D. Iljina", "orcid": f"https://orcid.org/{ORCID}", "shown": "on"}
    theirs = {"row": other.pk, "name": "Forged", "shown": "on", "credit": ["software"], "DELETE": "on"}
    new = {"name": "Pavel New", "credit": ["software", "validation"], "shown": "on"}
    sent = rows("people", mine, {k: v for k, v in theirs.items() if k != "DELETE"}, new, kept=2)
    assert writer.post(address(project, "people"), sent).status_code == 302

    other.refresh_from_db()
    me.refresh_from_db()
    assert (other.name, other.shown, other.credit) == ("Anna Own", False, ["software"])
    assert (me.name, me.orcid) == ("D. Iljina", ORCID)
    assert project.members.get(name="Pavel New").credit == ["software", "validation"]

    writer.post(address(project, "people"), rows("people", mine, theirs, kept=2))
    assert project.members.filter(pk=other.pk).exists()


def test_a_wrong_orcid_is_refused_with_its_reason(writer, project):
    sent = rows("people", {"name": "Pavel", "orcid": "0000-0002-1825-0098"})
    answer = writer.post(address(project, "people"), sent)
    assert "Person 1: ORCID iD:" in answer.text
    assert "Pavel" in answer.text


def test_an_amount_has_a_currency(writer, project):
    grant = {"funder": "Belarusian Fund", "number": "F27-1", "amount": "12000.50"}
    assert "in which currency" in writer.post(address(project, "funding"), rows("grants", grant)).text
    wrong = grant | {"currency": "XQZ"}
    assert "no currency" in writer.post(address(project, "funding"), rows("grants", wrong)).text
    writer.post(address(project, "funding"), rows("grants", grant | {"currency": "byn"}))
    kept = project.grants.get()
    assert (str(kept.amount), kept.currency) == ("12000.50", "BYN")


def test_outputs_by_hand_keep_what_an_import_knew(writer, project):
    csl = {"type": "article-journal", "volume": "7", "author": [{"family": "Lis", "given": "D."}]}
    kept = Output.objects.create(project=project, title="Old", year=2024, csl=csl)
    row = {"row": kept.pk, "title": "New", "kind": "article", "authors": "Lis, D.", "year": "2025"}
    sent = rows("outputs", row | {"container": "Sleep", "doi": f"https://doi.org/{DOI}"}, kept=1)
    assert writer.post(address(project, "outputs"), sent).status_code == 302
    kept.refresh_from_db()
    assert (kept.title, kept.year, kept.doi) == ("New", 2025, DOI)
    assert kept.csl == csl | {"container-title": "Sleep"}


def test_outputs_are_imported_once(writer, project):
    url = reverse("research:outputs_import", args=[project.pk])
    bibtex = "@article{a, title={Sleep}, author={Lis, Daria}, year={2025}, journal={J Sleep}, doi={DOI}}"
    bibtex = bibtex.replace("{DOI}", f"{{{DOI}}}")
    assert writer.post(url, {"pasted": bibtex}).status_code == 302
    assert writer.post(url, {"pasted": bibtex}).status_code == 302
    output = project.outputs.get()
    assert (output.title, output.year, output.doi) == ("Sleep", 2025, DOI)
    again = writer.post(url, {"pasted": "@article{b, title={}}"})
    assert again.status_code == 200
    assert "Line 1, title: The title is missing." in again.text
    assert "Item 1: This is not an item" in writer.post(url, {"pasted": "[5]"}).text
    assert "@article{b" in again.text
    assert "Paste something" in writer.post(url, {}).text


def test_only_agreements_that_bind_the_lead_are_offered(writer, project):
    ours, other = AgreementFactory(title="Ours"), AgreementFactory(title="Other", countries=("PL", "LT"))
    html = writer.get(address(project, "statements")).text
    assert "Ours" in html
    assert "Other</option>" not in html
    assert "valid choice" in writer.post(address(project, "statements"), {"agreement": other.slug}).text
    sent = {"agreement": ours.slug, "ethics": "Not needed.\nReally."}
    assert writer.post(address(project, "statements"), sent).status_code == 302
    project.refresh_from_db()
    assert (project.agreement, project.ethics.split()) == (ours, ["Not", "needed.", "Really."])


def test_identifiers_are_kept_bare(writer, project):
    sent = {"doi": f"doi:{DOI}", "url": "https://example.org/sleep"}
    assert writer.post(address(project, "identifiers"), sent).status_code == 302
    project.refresh_from_db()
    assert (project.doi, project.url) == (DOI, "https://example.org/sleep")
    assert "valid" in writer.post(address(project, "identifiers"), {"url": "javascript:alert(1)"}).text


def test_another_row_without_javascript_saves_and_loses_nothing(writer, project):
    sent = rows("grants", {"funder": "", "number": "F27"}) | {"more": "grants"}
    answer = writer.post(address(project, "funding"), sent)
    assert 'name="grants-1-funder"' in answer.text
    assert 'value="F27"' in answer.text
    assert "Please correct this" not in answer.text
    assert not project.grants.exists()


def test_rubbish_is_answered_with_sentences(writer, project):
    for section, prefix in (("funding", "grants"), ("people", "people"), ("outputs", "outputs")):
        assert writer.post(address(project, section), {}).status_code == 200
        forged = rows(
            prefix, {"row": "9" * 40, "name": "x", "funder": "x", "title": "x", "kind": "x"}, kept=1
        )
        assert (
            writer.post(address(project, section), forged | {f"{prefix}-TOTAL_FORMS": "99999"}).status_code
            == 200
        )
        assert writer.post(address(project, section), forged | {"more": "nonsense"}).status_code == 200


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("**a** *b*", "<p><strong>a</strong> <em>b</em></p>"),
        ("# a", "<h3>a</h3>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("[a](https://example.org/)", '<p><a href="https://example.org/">a</a></p>'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ],
)
def test_marks_become_what_rich_text_allows_and_come_back(text, html):
    assert html_of(text) == html
    assert html_of(marks_of(html)) == html


def test_links_that_would_run_or_name_what_is_not_there_lead_nowhere():
    html = html_of("[a](javascript:alert(1)) [b](document:7) [c](document:8)", inside={"document:8"})
    assert "href" not in html
    assert 'id="7"' not in html
    assert '<a id="8" linktype="document">c</a>' in html
