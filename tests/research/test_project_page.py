"""What everybody sees of one project, and what it costs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchange.enums import FixtureState
from portal.models import UniversityPage
from research.citations import cite, read_authors
from research.enums import OutputKind, PartyRole
from research.models import Grant, Output, OutsideParty, Project
from tests.factories import AgreementFactory, ClubFactory, FixtureFactory, TeamFactory, UniversityFactory

from .conftest import joined

pytestmark = pytest.mark.django_db

DOI = "10.1371/journal.pone.0000217"


def test_a_project_page_says_who_carries_it(client, project_of, other_university, university):
    outside = UniversityFactory(name="University of Elsewhere", joined_at=None)
    project = project_of(title="Sleep of rowers", published=True, partners=[other_university, outside])
    project.participations.filter(university=outside).update(role=PartyRole.FACILITY)

    html = client.get(project.page.url).text

    assert "<h1>Sleep of rowers</h1>" in html
    assert "We follow rowers." in html
    assert "seeking partners" in html
    for one in (university, other_university):
        assert f'<a href="{UniversityPage.objects.get(university=one).url}">{one.name}</a>' in html
    assert "University of Elsewhere" in html
    assert "Minsk, facility" in html
    assert "Iljina" in html
    assert "Principal investigator" in html


def test_a_project_page_says_all_that_is_known(client, project_of, researcher):
    project = project_of(published=True)
    facts = {"acronym": "SLEEP", "themes": ["health"], "fields": ["3.3"], "sports": ["ROW"]}
    facts |= {"keywords": ["Night shifts"], "starts_on": date(2027, 1, 1), "raid": "10.26259/dc8b04de"}
    facts |= {
        "ethics": "Approved.",
        "equipment_needed": "A boat.",
        "agreement": AgreementFactory(title="Ours"),
    }
    Project.objects.filter(pk=project.pk).update(**facts)
    project.members.create(name="Pavel Shown", orcid="0000-0002-1825-0097", credit=["software"])
    Grant.objects.create(project=project, funder="Fund", funder_ror="05gqaka33", amount=1200, currency="EUR")
    OutsideParty.objects.create(project=project, name="Clinic of Pinsk", role=PartyRole.CONTRACTOR)
    Output.objects.create(project=project, title="On rowers", year=2027, doi=DOI)

    html = client.get(project.page.url).text

    for said in (
        "SLEEP",
        '/research/?theme=health"',
        '/research/?field=3.3"',
        '/research/?sport=ROW"',
        '/research/?keyword=night%20shifts"',
        "https://raid.org/10.26259/dc8b04de",
        "Approved.",
        "A boat.",
        "https://orcid.org/0000-0002-1825-0097",
        "Software",
        "https://ror.org/05gqaka33",
        "€1,200.00",
        "Clinic of Pinsk",
        f"https://doi.org/{DOI}",
    ):
        assert said in html, said


def test_a_project_stands_under_research_though_it_lies_below_its_university(client, project_of):
    html = client.get(project_of(published=True).page.url).text
    assert html.count('aria-current="page">') == 1
    assert '<a href="/research/" aria-current="page">' in html


def test_who_is_not_shown_is_not_named(client, project_of, researcher):
    project = project_of(published=True)
    project.members.update(shown=False)
    assert "Iljina" not in client.get(project.page.url).text


def test_an_investigator_without_a_name_is_not_shown_by_address(client, project_of, researcher):
    researcher.first_name = researcher.last_name = ""
    researcher.save()
    html = client.get(project_of(published=True).page.url).text
    assert "researcher@example.org" not in html
    assert "Principal investigator" not in html


def test_what_somebody_has_read_before_costs_twelve_queries_at_most(client, project_of, settings):
    settings.PART_CACHE_SECONDS = 60
    cache.clear()
    assert 0 < cost(client, project_of, 3) <= 12
    cache.clear()


def cost(client, project_of, count: int) -> int:
    universities = [joined(UniversityFactory()) for _ in range(count)]
    project = project_of(published=True, partners=universities)
    for number in range(count):
        project.members.create(name=f"Person {number}", university=universities[number])
        Output.objects.create(project=project, title=f"Output {number}", doi=f"{DOI}{number}")
        Grant.objects.create(project=project, funder="Fund")
        OutsideParty.objects.create(project=project, name="Clinic")
    url = project.page.url
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_project_page_costs_the_same_queries(client, project_of):
    few, many = cost(client, project_of, 1), cost(client, project_of, 30)
    assert few == many, (few, many)
    assert many <= MOST_QUERIES, many


#: 5 of them are Wagtail's, 8 the project's, the rest those of the other parts on the page.
MOST_QUERIES = 18


def meet(home, other, *, state=FixtureState.CONFIRMED, days: int = 30):
    sides = [TeamFactory(club=ClubFactory(university=one)) for one in (home, other)]
    day = timezone.localdate() + timedelta(days=days)
    return FixtureFactory(host=sides[0], guest=sides[1], state=state, date=day)


def test_a_page_says_where_the_two_meet_on_the_pitch(client, project_of, university, other_university):
    project = project_of(published=True)
    fixture = meet(university, other_university)
    html = client.get(project.page.url).text
    assert "Polessky State University and Kazan Federal University meet on the pitch on" in html
    assert fixture.get_absolute_url() in html
    assert "Invite them" not in html


def test_the_lead_invites_whom_they_meet_unless_they_are_in_it(
    client, project_of, university, other_university, researcher
):
    meet(university, other_university)
    client.force_login(researcher)
    alone, together = project_of(published=True), project_of(published=True, partners=[other_university])
    wanted = f"/research/projects/{alone.pk}/calls/new/?university={other_university.slug}"
    assert wanted in client.get(alone.page.url).text
    assert "Invite them" not in client.get(together.page.url).text


@pytest.mark.parametrize("facts", [{"state": FixtureState.PROPOSED}, {"days": -3}])
def test_what_is_not_agreed_or_over_is_not_told(client, project_of, university, other_university, facts):
    project = project_of(published=True)
    meet(university, other_university, **facts)
    assert "meet on the pitch" not in client.get(project.page.url).text


def item(**csl) -> Output:
    return Output(title="On rowers", year=2027, kind=OutputKind.ARTICLE, csl=csl)


def test_an_output_is_cited():
    authors = read_authors("Lis, Daria; Novik, Jan-Erik; Team of Pinsk")
    said = cite(
        item(author=authors, **{"container-title": "Sleep", "volume": "7", "issue": 2, "page": "1-9"})
    )
    assert said.before == "Lis, D., Novik, J.-E. & Team of Pinsk (2027)."
    assert (said.container, said.numbers) == ("Sleep", "7(2), 1–9")


def test_many_authors_are_cut_and_strange_items_do_no_harm():
    many = "; ".join(f"Family{n}, Given" for n in range(9))
    assert cite(item(author=read_authors(many))).before.endswith("Family5, G., et al. (2027).")
    nameless = cite(item(author="Lis", volume=["x"], **{"container-title": [None]}))
    assert (nameless.before, nameless.after) == ("", "(2027).")
    assert cite(item(author=["x", {"family": 5}], page={"a": 1})).before == "5 (2027)."
