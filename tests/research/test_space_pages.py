"""Pages of a project's space: who meets what, what stands there, and what it costs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document

from portal.enums import UniversityRole
from research.actions.decisions import record_decision
from research.actions.members import leave_project
from research.actions.milestones import add_milestone, show_milestones
from research.enums import MilestoneState
from research.models import Decision, Milestone, Project
from tests.factories import UserFactory

from .conftest import person_at
from .spacing import NOW, joined_by, kept, upload

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the files that it serves to the collector.
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]


@pytest.fixture(autouse=True)
def _files(tmp_path):
    storages = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    with override_settings(MEDIA_ROOT=tmp_path, STORAGES=storages):
        yield


@pytest.fixture
def project(project_of) -> Project:
    return project_of(published=True, title="Sleep of rowers")


@pytest.fixture
def member(project, other_university):
    return joined_by(project, other_university).person


def address(name: str, *args) -> str:
    return reverse(f"research:{name}", args=args)


def milestone_of(project: Project, title: str = "Ethics vote") -> Milestone:
    return add_milestone(project=project, title=title, starts_on=None, due_on=date(2027, 6, 30), now=NOW)


# -- who may ----------------------------------------------------------------------------------------------


def everybody(project, researcher, coordinator, other_university) -> dict[str, object]:
    former = joined_by(project).person
    leave_project(project=project, person=former, by=former, now=NOW)
    return {
        "visitor": None,
        "stranger": UserFactory(),
        "coordinator of another": person_at(other_university, UniversityRole.COORDINATOR),
        "researcher of the lead": person_at(project.lead, UniversityRole.RESEARCHER),
        "member": joined_by(project, other_university).person,
        "former member": former,
        "lead": researcher,
        "coordinator": coordinator,
    }


INSIDE = {"member", "lead", "coordinator"}
LEADING = {"lead", "coordinator"}


def test_each_meets_what_is_theirs(client, project, researcher, coordinator, other_university):
    people = everybody(project, researcher, coordinator, other_university)
    milestone, file = milestone_of(project), kept(project, researcher)
    taken_out = joined_by(project)
    rooms = {
        address("space", project.pk): INSIDE,
        address("milestone_new", project.pk): INSIDE,
        address("milestone_edit", milestone.pk): INSIDE,
        address("decision_new", project.pk): INSIDE,
        address("file_new", project.pk): INSIDE,
        file.url: INSIDE,
        address("file_delete", file.pk): INSIDE,
        address("space_leave", project.pk): {"member", "lead"},
        address("member_remove", taken_out.pk): LEADING,
        address("lead_hand_over", project.pk): LEADING,
    }
    for name, person in people.items():
        client.logout()
        if person is not None:
            client.force_login(person)
        for url, may in rooms.items():
            met = client.get(url).status_code
            assert met == (302 if person is None else 200 if name in may else 404), (name, url)


def test_posts_are_refused_as_the_pages_are(client, project, researcher, coordinator, other_university):
    people = everybody(project, researcher, coordinator, other_university)
    milestone = milestone_of(project)
    move = {"was": "planned", "to": "reached"}
    for name, person in people.items():
        if person is not None and name not in INSIDE:
            client.force_login(person)
            assert client.post(address("milestone_move", milestone.pk), move).status_code == 404
            assert client.post(address("milestones_shown", project.pk), {"shown": 1}).status_code == 404
    client.force_login(people["member"])
    assert client.post(address("milestones_shown", project.pk), {"shown": 1}).status_code == 404
    milestone.refresh_from_db()
    assert milestone.state == MilestoneState.PLANNED


def test_who_lost_the_role_at_the_lead_reads_as_the_member_they_are(client, project, researcher):
    researcher.groups.clear()
    file = kept(project, project.investigator)
    client.force_login(researcher)
    assert client.get(file.url).status_code == 200
    assert client.get(address("lead_hand_over", project.pk)).status_code == 404


# -- what stands there ------------------------------------------------------------------------------------


def test_members_work_in_it(client, project, member):
    client.force_login(member)
    space = address("space", project.pk)
    answers = {"title": "Field work", "starts_on": "2027-01-01", "due_on": "2027-06-30"}
    assert client.post(address("milestone_new", project.pk), answers).headers["Location"] == space
    milestone = Milestone.objects.get()
    client.post(address("milestone_move", milestone.pk), {"was": "planned", "to": "started"})
    client.post(address("milestone_edit", milestone.pk), answers | {"title": "Field work in May"})
    client.post(address("decision_new", project.pk), {"text": "We begin in May.", "taken_on": "2026-01-02"})
    client.post(address("file_new", project.pk), {"file": upload("Протокол.txt")})
    html = client.get(space).text
    for said in ("Field work in May", "under way", "We begin in May.", "2 January 2026", "Протокол.txt"):
        assert said in html
    assert "Vera Orlova" in html
    assert "Kazan Federal University" in html
    assert "Hand over the lead" not in html
    file = client.get(Document.objects.get().url)
    assert b"".join(file) == b"We sleep."
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["Content-Security-Policy"] == "default-src 'none'"


def test_a_move_that_comes_too_late_says_so(client, project, member):
    milestone = milestone_of(project)
    client.force_login(member)
    move = address("milestone_move", milestone.pk)
    client.post(move, {"was": "planned", "to": "dropped"})
    html = client.post(move, {"was": "planned", "to": "reached"}, follow=True).text
    assert "This milestone is now: given up." in html


def test_answers_that_cannot_be_are_given_back_with_what_was_typed(client, project, member):
    client.force_login(member)
    wrong = {"title": "Field work", "starts_on": "2027-06-30", "due_on": "2027-01-01"}
    html = client.post(address("milestone_new", project.pk), wrong).text
    assert "It cannot be due before it starts." in html
    assert 'value="Field work"' in html
    ahead = timezone.now().date() + timedelta(days=3)
    sent = {"text": "We begin.", "taken_on": ahead.isoformat()}
    assert "This day is still to come." in client.post(address("decision_new", project.pk), sent).text
    html = client.post(address("file_new", project.pk), {"file": upload("run.exe")}).text
    assert "Files of this kind are not kept here." in html
    assert not Milestone.objects.exists()
    assert not Decision.objects.exists()
    assert not Document.objects.exists()


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client, project, member):
    client.force_login(member)
    sent = client.post(address("file_new", project.pk), {"file": upload()}, CONTENT_LENGTH=30 * 1024 * 1024)
    assert sent.status_code == 413
    assert "A file has 20" in sent.text


def test_a_member_deletes_their_own_file_only(client, project, member, researcher):
    own, other = kept(project, member), kept(project, researcher)
    client.force_login(member)
    html = client.post(address("file_delete", other.pk)).text
    assert "Only who uploaded a file, or whoever leads the project, deletes it." in html
    assert address("file_delete", other.pk) not in client.get(address("space", project.pk)).text
    client.post(address("file_delete", own.pk))
    assert list(Document.objects.all()) == [other]


def test_leaving_closes_the_space_and_its_files(client, project, member, researcher):
    file = kept(project, researcher)
    client.force_login(member)
    client.post(address("space_leave", project.pk))
    assert client.get(address("space", project.pk)).status_code == 404
    assert client.get(file.url).status_code == 404


def test_the_lead_is_told_how_to_leave_and_hands_over(client, project, researcher, university):
    client.force_login(researcher)
    assert "The principal investigator cannot leave." in client.post(address("space_leave", project.pk)).text
    hand_over = address("lead_hand_over", project.pk)
    assert "Nobody can take over yet" in client.get(hand_over).text
    olga = person_at(university, UniversityRole.RESEARCHER, first_name="Olga", last_name="Petrova")
    joined_by(project, university, person=olga)
    assert "Olga Petrova" in client.get(hand_over).text
    html = client.post(hand_over, {"to": olga.pk}, follow=True).text
    assert "Olga Petrova leads the project now." in html
    assert client.get(hand_over).status_code == 404


def test_taking_out_asks_for_a_reason(client, project, researcher):
    taken_out = joined_by(project)
    client.force_login(researcher)
    url = address("member_remove", taken_out.pk)
    assert "Why?" in client.post(url, {"reason": " "}).text
    taken_out.refresh_from_db()
    assert taken_out.left_at is None
    client.post(url, {"reason": "You have left the clinic."})
    taken_out.refresh_from_db()
    assert taken_out.left_at is not None


# -- what everybody sees ----------------------------------------------------------------------------------


def test_milestones_stand_on_the_public_page_only_when_the_lead_says_so(client, project, researcher):
    milestone_of(project)
    record_decision(project=project, text="Secret", taken_on=date(2027, 1, 1), by=researcher, now=NOW)
    kept(project, researcher, "Secret.txt")
    url = project.page.get_url()
    assert "Ethics vote" not in client.get(url).text
    client.force_login(researcher)
    client.post(address("milestones_shown", project.pk), {"shown": "1"})
    assert address("space", project.pk) in client.get(url).text
    client.logout()
    html = client.get(url).text
    assert "Ethics vote" in html
    assert "30 June 2027" in html
    assert "Secret" not in html
    assert address("space", project.pk) not in html
    client.force_login(researcher)
    client.post(address("milestones_shown", project.pk), {})
    client.logout()
    assert "Ethics vote" not in client.get(url).text


def test_files_are_nowhere_to_be_found(client, project, researcher):
    kept(project, researcher, "zzsecret.txt")
    assert "zzsecret.txt" not in client.get("/search/?q=zzsecret").text
    for url in ("/sitemap.xml", address("projects_export", "csv"), address("project_raid", project.pk)):
        answer = client.get(url, follow=True)
        text = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200
        assert b"zzsecret" not in text


def test_my_research_leads_to_the_spaces(client, project, member):
    client.force_login(member)
    assert address("space", project.pk) in client.get(address("mine")).text


# -- what it costs ----------------------------------------------------------------------------------------


def cost(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def fill(project: Project, researcher, count: int) -> None:
    for number in range(count):
        milestone_of(project, f"Report {number}")
        person = joined_by(project, project.lead).person
        record_decision(project=project, text="We go on.", taken_on=date(2027, 1, 1), by=person, now=NOW)
        kept(project, person, f"{number}.txt")


def test_a_full_space_costs_as_much_as_an_empty_one(client, project, researcher):
    show_milestones(project=project, shown=True, now=NOW)
    fill(project, researcher, 1)
    client.force_login(researcher)
    space, page = address("space", project.pk), project.page.get_url()
    of_one = cost(client, space), cost(client, page)
    fill(project, researcher, 29)
    assert (cost(client, space), cost(client, page)) == of_one
    assert of_one[0] <= 20


# -- what stands there, and what does not -----------------------------------------------------------------


def test_the_lead_is_offered_what_they_can_do(client, project, researcher, member):
    """Who leads hands over instead of leaving, and nothing is asked while nobody can take over."""
    client.force_login(researcher)
    html = client.get(address("space", project.pk)).text
    assert address("space_leave", project.pk) not in html
    assert address("lead_hand_over", project.pk) in html
    asked = client.get(address("lead_hand_over", project.pk)).text
    assert "Nobody can take over yet" in asked
    assert "Who leads from now on?" not in asked


def test_the_space_is_no_page_that_waits_for_its_translation(client, project, researcher):
    client.force_login(researcher)
    html = client.get(address("space", project.pk), headers={"accept-language": "ru"}).text
    assert "/projects/sleep-of-rowers/" in html
    assert "ещё не переведена" not in html
