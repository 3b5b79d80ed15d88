"""Pages of calls and of the answers to them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.enums import UniversityRole
from research.actions.interest_messages import write_message
from research.enums import InterestState
from research.models import Call, Interest
from tests.factories import UniversityFactory, UserFactory

from .calling import answer, call_of, in_state, profile
from .conftest import person_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(project_of):
    return project_of(published=True, title="Sleep of rowers")


@pytest.fixture
def call(project):
    return open_today(project)


@pytest.fixture
def vera():
    return UserFactory(email="vera@example.org", first_name="Vera", last_name="Orlova")


def open_today(project, **more) -> Call:
    now = timezone.now()
    return call_of(project, now=now, **({"until": now.date() + timedelta(days=60)} | more))


def address(name: str, *args) -> str:
    return reverse(f"research:{name}", args=args)


def asked(call: Call) -> dict[str, object]:
    """What the form of a call sends."""
    return {
        "title": "Samples",
        "text": "You analyse samples.",
        "wishes": ["facility", "cohort"],
        "fields_of_science": ["3.1", "2.10"],
        "countries": ["RU"],
        "places": 2,
        "until": (timezone.now().date() + timedelta(days=30)).isoformat(),
    }


def cost(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


# -- everybody's pages ------------------------------------------------------------------------------------


def test_the_list_shows_open_calls_of_public_projects(client, project, project_of):
    open_today(project, title="A laboratory", wishes=["facility"])
    open_today(project_of(), title="Of a draft")
    html = client.get(address("calls")).text
    assert "A laboratory" in html
    assert "a facility or laboratory" in html
    assert "1 open call, the one that ends first" in html
    assert "Of a draft" not in html


def test_the_list_narrows_and_says_what_to_do_when_nothing_fits(client, project):
    open_today(project, title="A laboratory", wishes=["facility"])
    assert "A laboratory" in client.get(address("calls"), {"wish": "facility"}).text
    nothing = client.get(address("calls"), {"wish": "cohort"})
    assert "No open call fits." in nothing.text
    for made_up in ({"wish": "zz"}, {"field": "9.9"}, {"country": "ZZ"}, {"page": "zz"}):
        assert "A laboratory" in client.get(address("calls"), made_up).text


def test_an_empty_list_leads_on(client):
    html = client.get(address("calls")).text
    assert "No call is open at the moment." in html
    assert f'href="{address("projects")}"' in html


def test_a_call_says_what_is_wanted(client, project, other_university):
    call = open_today(
        project, wishes=["equipment"], fields=["3.1"], countries=["KZ"], universities=[other_university]
    )
    html = client.get(address("call", call.pk)).text
    for words in ("You analyse samples.", "equipment", "Basic medicine", "Kazakhstan", "0 of 1 taken"):
        assert words in html, words
    assert "Kazan Federal University" in html
    assert project.page.url in html
    assert f"/accounts/login/?next={address('call_answer', call.pk)}" in html
    assert "Edit" not in html


def test_a_call_of_a_draft_is_seen_by_its_lead_only(client, project_of, vera):
    call = open_today(project_of())
    assert client.get(address("call", call.pk)).status_code == 404
    client.force_login(vera)
    assert client.get(address("call", call.pk)).status_code == 404
    assert client.get(address("call_answer", call.pk)).status_code == 404
    client.force_login(call.project.investigator)
    assert "not public: the project is a draft" in client.get(address("call", call.pk)).text


def test_a_call_that_ended_is_shown_and_not_answered(client, call, vera):
    Call.objects.update(state="expired")
    assert "cannot be answered any more" in client.get(address("call", call.pk)).text
    client.force_login(vera)
    assert "cannot be answered any more" in client.get(address("call", call.pk)).text
    assert "Send my answer" not in client.get(address("call_answer", call.pk)).text


def test_the_page_of_a_project_shows_its_open_calls(client, project):
    assert "Partners wanted" not in client.get(project.page.url).text
    open_today(project, title="A laboratory")
    html = client.get(project.page.url).text
    assert "Partners wanted" in html
    assert "A laboratory" in html
    assert "Calls and answers" not in html
    client.force_login(project.investigator)
    assert address("desk", project.pk) in client.get(project.page.url).text


def test_the_list_costs_the_same_queries(client, project_of):
    def more(count: int) -> int:
        for _ in range(count):
            open_today(project_of(published=True))
        return cost(client, address("calls"))

    assert more(1) == more(14) <= 8


# -- the lead's pages -------------------------------------------------------------------------------------


def test_the_lead_opens_and_changes_a_call(client, project, other_university):
    client.force_login(project.investigator)
    shown = client.get(address("call_new", project.pk))
    assert "What do you look for, in one line?" in shown.text
    opened = client.post(address("call_new", project.pk), asked(project), follow=True)
    assert "The call is open." in opened.text
    call = project.calls.get()
    assert (call.wishes, call.fields, call.countries, call.places) == (
        ["facility", "cohort"],
        ["3.1", "2.10"],
        ["RU"],
        2,
    )
    form = client.get(address("call_edit", call.pk)).text
    assert 'value="Samples"' in form
    client.post(address("call_edit", call.pk), asked(project) | {"title": "Tissue", "countries": []})
    call.refresh_from_db()
    assert (call.title, call.countries) == ("Tissue", [])


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"title": ""}, "This field is required"),
        ({"until": "2020-01-01"}, "This day is over"),
        ({"until": "2999-01-01"}, "a year at most"),
        ({"places": "0"}, "greater than or equal to 1"),
        ({"places": "51"}, "less than or equal to 50"),
        ({"wishes": ["zz"]}, "zz"),
        ({"countries": ["ZZ"]}, "ZZ"),
        ({"universities": ["9" * 30]}, "valid choice"),
    ],
)
def test_rubbish_is_answered_with_sentences_and_nothing_typed_is_lost(client, project, said, sentence):
    client.force_login(project.investigator)
    html = client.post(address("call_new", project.pk), asked(project) | said).text
    assert "Please correct this:" in html
    assert sentence in html
    assert "You analyse samples." in html
    assert not Call.objects.exists()


def test_the_lead_extends_closes_and_takes_up_again_by_buttons(client, call, project, vera):
    client.force_login(project.investigator)
    until = call.until
    client.post(address("call_extend", call.pk))
    call.refresh_from_db()
    assert call.until == until + timedelta(days=30)
    Call.objects.update(state="expired")
    again = {"places": 3, "until": until.isoformat()}
    assert "is open again" in client.post(address("call_reopen", call.pk), again, follow=True).text
    interest = in_state(call, InterestState.NEW, vera)
    assert "1 person waits for your decision." in client.get(address("call_close", call.pk)).text
    client.post(address("call_close", call.pk), {"reason": "fit", "reason_text": "Sorry."})
    interest.refresh_from_db()
    call.refresh_from_db()
    assert (call.state, interest.state, interest.reason_text) == ("closed", "declined", "Sorry.")


def test_the_desk_shows_answers_by_state_and_no_address(client, call, project, vera, other_university):
    profile(vera, other_university)
    in_state(call, InterestState.NEW, vera)
    for state in ("shortlisted", "invited", "declined", "withdrawn"):
        in_state(call, state, UserFactory(first_name="", email=f"{state}@example.net"))
    client.force_login(project.investigator)
    html = client.get(address("desk", project.pk)).text
    assert "Vera Orlova" in html
    assert "Kazan Federal University" in html
    assert "not verified" in html
    assert html.count("somebody without a name") >= 4
    assert "@example.net" not in html
    assert "vera@example.org" not in html


def test_the_desk_narrows_to_one_call(client, call, project, vera):
    other = open_today(project, title="Other")
    in_state(call, InterestState.NEW, vera)
    client.force_login(project.investigator)
    assert "Vera Orlova" in client.get(address("desk", project.pk), {"call": call.pk}).text
    assert "Nobody has answered yet." in client.get(address("desk", project.pk), {"call": other.pk}).text
    assert "Vera Orlova" in client.get(address("desk", project.pk), {"call": "zz"}).text


def test_an_empty_desk_says_what_to_do(client, project):
    client.force_login(project.investigator)
    html = client.get(address("desk", project.pk)).text
    assert "This project has not called for partners yet." in html
    assert address("call_new", project.pk) in html


def test_the_desk_costs_the_same_queries(client, project, call):
    client.force_login(project.investigator)

    def more(count: int) -> int:
        for number in range(count):
            person = UserFactory()
            profile(person, UniversityFactory())
            states = list(InterestState)
            in_state(call, states[number % len(states)], person)
        return cost(client, address("desk", project.pk))

    more(6)
    assert cost(client, address("desk", project.pk)) == more(30) <= 20


def test_a_full_column_says_what_is_left_out(client, project, call, monkeypatch):
    monkeypatch.setattr("research.queries.interests.MOST_IN_COLUMN", 2)
    for _ in range(3):
        in_state(call, InterestState.NEW)
    client.force_login(project.investigator)
    assert "1 more is not shown" in client.get(address("desk", project.pk)).text


# -- answers ----------------------------------------------------------------------------------------------


def test_a_person_answers_and_finds_the_answer_again(client, call, vera):
    client.force_login(vera)
    form = client.get(address("call_answer", call.pk)).text
    assert "You have not written a profile yet." in form
    assert address("profile") in form
    sent = client.post(address("call_answer", call.pk), {"text": "We have biopsies."}, follow=True)
    assert "Your answer is with the lead of the project." in sent.text
    interest = Interest.objects.get()
    assert address("interest", interest.pk) in client.get(address("interests")).text
    assert address("interest", interest.pk) in client.get(address("mine")).text
    assert "You have answered this call." in client.get(address("call", call.pk)).text


def test_what_is_refused_is_told_and_not_lost(client, project, vera):
    call = open_today(project, countries=["KZ"])
    client.force_login(vera)
    assert "asks for partners from: Kazakhstan." in client.get(address("call_answer", call.pk)).text
    html = client.post(address("call_answer", call.pk), {"text": "Long thoughts"}).text
    assert "asks for partners from: Kazakhstan." in html
    assert "Long thoughts" in html
    assert not Interest.objects.exists()


def test_who_has_no_name_is_asked_for_one(client, call):
    nameless = UserFactory(first_name="")
    client.force_login(nameless)
    assert "What is your name?" in client.get(address("call_answer", call.pk)).text
    client.post(address("call_answer", call.pk), {"text": "Yes", "name": "Vera Orlova"})
    nameless.refresh_from_db()
    assert nameless.first_name == "Vera Orlova"


def test_nobody_has_answered_yet(client, vera):
    client.force_login(vera)
    html = client.get(address("interests")).text
    assert "You have not answered a call yet." in html
    assert address("calls") in html


def test_an_answer_is_seen_by_both_sides_and_by_nobody_else(client, call, vera, other_university):
    interest = answer(call, vera, now=timezone.now())
    write_message(interest=interest, text="Hello", by=vera, now=timezone.now())
    url = address("interest", interest.pk)
    for stranger in (UserFactory(), person_at(other_university, UniversityRole.COORDINATOR)):
        client.force_login(stranger)
        for seen in (client.get(url), client.post(address("interest_move", interest.pk), {"move": "invite"})):
            assert seen.status_code == 404
        assert client.post(address("interest_write", interest.pk), {"text": "!"}).status_code == 404
    for person, other in ((call.project.investigator, vera), (vera, call.project.investigator)):
        client.force_login(person)
        html = client.get(url).text
        assert "We have biopsies of forty rowers." in html
        assert other.email not in html


def test_by_buttons_from_new_to_joined_then_addresses_are_shown(client, call, project, vera):
    lead = project.investigator
    interest = answer(call, vera, now=timezone.now())
    move = address("interest_move", interest.pk)
    client.force_login(lead)
    assert client.post(move, {"move": "shortlist", "back": "desk"}).url == address("desk", project.pk)
    assert "Invited." in client.post(move, {"move": "invite"}, follow=True).text
    client.force_login(vera)
    page = client.get(address("interest", interest.pk)).text
    assert "You are invited" in page
    assert lead.email not in page
    joined = client.post(move, {"move": "join", "shown": "on"}, follow=True).text
    assert "You belong to the project now." in joined
    assert lead.email in joined
    assert project.members.get(person=vera).shown
    client.force_login(lead)
    assert vera.email in client.get(address("interest", interest.pk)).text


def test_declining_asks_for_a_reason_which_the_person_reads(client, call, project, vera):
    interest = answer(call, vera, now=timezone.now())
    move = address("interest_move", interest.pk)
    client.force_login(project.investigator)
    assert "This field is required" in client.post(move, {"move": "decline"}).text
    said = {"move": "decline", "reason": "other", "reason_text": ""}
    assert "Say in a few words" in client.post(move, said).text
    client.post(move, said | {"reason_text": "We found somebody nearer."})
    client.force_login(vera)
    html = client.get(address("interest", interest.pk)).text
    assert "For another reason." in html
    assert "We found somebody nearer." in html
    assert "Your message" not in html


def test_a_move_that_comes_too_late_is_told(client, call, project, vera):
    interest = in_state(call, InterestState.WITHDRAWN, vera)
    client.force_login(project.investigator)
    late = client.post(address("interest_move", interest.pk), {"move": "invite"})
    assert late.status_code == 409
    assert "This answer is now: withdrawn." in late.text
    assert client.post(address("interest_move", interest.pk), {"move": "zz"}).status_code == 400


def test_messages_are_written_on_the_page(client, call, project, vera):
    interest = answer(call, vera, now=timezone.now())
    client.force_login(project.investigator)
    write = address("interest_write", interest.pk)
    assert "This field is required" in client.post(write, {"text": " "}).text
    assert "When could you begin?" in client.post(write, {"text": "When could you begin?"}, follow=True).text
    client.force_login(vera)
    assert "When could you begin?" in client.get(address("interest", interest.pk)).text


def test_an_answer_costs_the_same_queries(client, call, project, vera):
    interest = answer(call, vera, now=timezone.now())
    client.force_login(vera)

    def more(count: int) -> int:
        for _ in range(count):
            interest.messages.create(by=project.investigator, text="Hello")
        return cost(client, address("interest", interest.pk))

    assert more(1) == more(29) <= 15


def test_my_answers_cost_the_same_queries(client, project, vera):
    client.force_login(vera)

    def more(count: int) -> int:
        for _ in range(count):
            call = Call.objects.create(project=project, title="A", text="A", until=timezone.now().date())
            in_state(call, InterestState.NEW, vera)
        return cost(client, address("interests"))

    assert more(1) == more(14) <= 10
