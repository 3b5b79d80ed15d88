"""Somebody answers a call, is decided on, joins; what both sides are told, and what is never told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.enums import UniversityRole
from portal.models import OutboxMessage
from portal.waiting import waiting_for
from research.actions import interest_messages, interests
from research.actions.calls import change_call
from research.actions.interest_messages import UnableToWrite, write_message
from research.actions.interest_moves import UnableToMove, move_interest
from research.actions.interests import UnableToAnswer, express_interest
from research.enums import CallState, DeclineReason, InterestMove, InterestState
from research.models import Call, Interest, Member
from tests.factories import UniversityFactory, UserFactory

from .calling import NOW, UNTIL, answer, call_of, facts, in_state, mails, profile
from .conftest import person_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(project_of):
    return project_of(published=True, title="Sleep of rowers")


@pytest.fixture
def call(project):
    return call_of(project, places=2)


@pytest.fixture
def vera():
    return UserFactory(email="vera@example.org", first_name="Vera", last_name="Orlova")


def move(interest, what: InterestMove, by, **more) -> Interest:
    return move_interest(interest=interest, move=what, by=by, now=NOW, **more)


# -- answering --------------------------------------------------------------------------------------------


def test_the_lead_is_told_of_an_answer_without_an_address(call, vera, other_university):
    profile(vera, other_university)
    interest = answer(call, vera)
    assert (interest.state, interest.person) == ("new", vera)
    ((to, subject, text),) = mails("interest")
    assert (to, subject) == (
        "researcher@example.org",
        "Vera Orlova answers your call: A laboratory for biopsies",
    )
    assert "Vera Orlova, Kazan Federal University, answers your call" in text
    assert "We have biopsies of forty rowers." in text
    assert f"/research/interests/{interest.pk}/" in text


def test_no_mail_and_no_header_shows_an_address_before_both_agreed(project, call, vera):
    vera.first_name = vera.last_name = ""
    vera.save()
    interest = answer(call, vera, name="V. Orlova")
    write_message(interest=interest, text="When could you begin?", by=project.investigator, now=NOW)
    write_message(interest=interest, text="In May.", by=vera, now=NOW)
    move(interest, InterestMove.SHORTLIST, project.investigator)
    move(interest, InterestMove.INVITE, project.investigator)
    addresses = {b"vera@example.org", b"researcher@example.org"}
    sent = OutboxMessage.objects.exclude(kind="proposed")
    assert sent.count() == 5
    for mail in sent:
        others = addresses - {mail.recipient.encode()}
        assert not [one for one in others if one in bytes(mail.mime)], mail.kind


def test_who_has_told_no_name_says_it_with_the_answer(call):
    nameless = UserFactory(first_name="")
    with pytest.raises(UnableToAnswer, match="Say your name"):
        answer(call, nameless)
    answer(call, nameless, name="Vera Orlova")
    nameless.refresh_from_db()
    assert str(nameless) == "Vera Orlova"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (CallState.FILLED, "All places of this call are taken"),
        (CallState.CLOSED, "cannot be answered any more"),
        (CallState.EXPIRED, "cannot be answered any more"),
    ],
)
def test_only_open_calls_are_answered(call, state, sentence):
    Call.objects.filter(pk=call.pk).update(state=state)
    with pytest.raises(UnableToAnswer, match=sentence):
        answer(call)


def test_after_the_last_day_nobody_answers_whether_or_not_the_clock_has_struck(call, university):
    last = timezone.datetime(2027, 5, 31, 20, 59, tzinfo=timezone.get_default_timezone())
    assert answer(call, now=last).pk
    with pytest.raises(UnableToAnswer, match="any more"):
        answer(call, now=last + timedelta(minutes=1))


def test_a_call_of_a_draft_is_not_answered(project_of):
    with pytest.raises(UnableToAnswer, match="not public"):
        answer(call_of(project_of()))


def test_members_and_leads_do_not_answer_their_own_call(project, call, coordinator, vera):
    Member.objects.create(project=project, person=vera, name="Vera")
    for person in (project.investigator, coordinator, vera):
        with pytest.raises(UnableToAnswer, match="belong to this project already"):
            answer(call, person)


def test_an_address_has_to_be_proven(call):
    person = UserFactory()
    person.emailaddress_set.update(verified=False)
    with pytest.raises(UnableToAnswer, match="Confirm your e-mail address first"):
        answer(call, person)


def test_another_proven_address_is_not_the_one_that_is_answered_to(call):
    """Where both have joined, the lead is shown the address of the account."""
    person = UserFactory()
    person.emailaddress_set.update(email="other@example.org")
    with pytest.raises(UnableToAnswer, match="Confirm your e-mail address first"):
        answer(call, person)


def test_a_call_is_answered_once_and_once_more_after_withdrawing(project, call, vera):
    first = answer(call, vera)
    with pytest.raises(UnableToAnswer, match="answered this call already"):
        answer(call, vera)
    move(first, InterestMove.WITHDRAW, vera)
    second = answer(call, vera)
    move(second, InterestMove.DECLINE, project.investigator, reason=DeclineReason.FIT)
    with pytest.raises(UnableToAnswer, match="and were declined"):
        answer(call, vera)


def test_a_call_may_be_for_some_countries_and_universities_only(project, other_university, vera):
    pole = UniversityFactory(country="PL", name="Jagiellonian University")
    call = call_of(project, countries=["RU"], universities=[pole])
    asks = "asks for partners from: Russia, Jagiellonian University."
    with pytest.raises(UnableToAnswer, match=f"{asks} Write down your university"):
        answer(call, vera)
    own = profile(vera, UniversityFactory(country="PL", name="Warsaw"))
    vera.refresh_from_db()
    with pytest.raises(UnableToAnswer, match=f"{asks} Your profile says Warsaw."):
        answer(call, vera)
    for home in (pole, other_university):
        own.university = home
        own.save()
        assert answer(call, vera).state == "new"
        Interest.objects.all().delete()


def test_answers_are_counted_by_person_and_by_call(project, vera, monkeypatch):
    monkeypatch.setattr(interests, "MOST_BY_PERSON", 2)
    monkeypatch.setattr(interests, "MOST_TO_CALL", 3)
    calls = [call_of(project) for _ in range(3)]
    answer(calls[0], vera), answer(calls[1], vera)
    with pytest.raises(UnableToAnswer, match="many calls today"):
        answer(calls[2], vera)
    assert answer(calls[2], vera, now=NOW + timedelta(days=1, minutes=1)).pk
    answer(calls[0]), answer(calls[0])
    with pytest.raises(UnableToAnswer, match="many answers today"):
        answer(calls[0])


# -- deciding ---------------------------------------------------------------------------------------------


def test_from_an_answer_to_a_member(project, call, vera, other_university):
    profile(vera, other_university, orcid="0000-0002-1825-0097")
    interest = answer(call, vera)
    move(interest, InterestMove.SHORTLIST, project.investigator)
    move(interest, InterestMove.INVITE, project.investigator)
    joined = move(interest, InterestMove.JOIN, vera, shown=True)
    assert joined.state == "joined"
    member = project.members.get(person=vera)
    assert (member.name, member.university, member.orcid, member.shown) == (
        "Vera Orlova",
        other_university,
        "0000-0002-1825-0097",
        True,
    )
    call.refresh_from_db()
    assert (call.taken, call.state) == (1, "open")
    subjects = [
        subject
        for kind in ("interest_moved", "interest_invited", "interest_answered")
        for _to, subject, _text in mails(kind)
    ]
    assert subjects == [
        "Your answer is shortlisted: A laboratory for biopsies",
        "You are invited to the project Sleep of rowers",
        "Vera Orlova has joined: Sleep of rowers",
    ]


def test_a_name_is_not_public_unless_its_owner_says_so(project, call, vera):
    interest = in_state(call, InterestState.INVITED, vera)
    move(interest, InterestMove.JOIN, vera)
    assert not project.members.get(person=vera).shown


def test_the_last_place_fills_the_call(project, call):
    for _ in range(2):
        person = UserFactory()
        move(in_state(call, InterestState.INVITED, person), InterestMove.JOIN, person)
    call.refresh_from_db()
    assert (call.taken, call.state) == (2, "filled")
    assert not project.facets.filter(kind="call").exists()


def test_no_more_are_invited_than_there_are_places(project, call, vera):
    lead = project.investigator
    first = in_state(call, InterestState.INVITED)
    in_state(call, InterestState.INVITED)
    third = in_state(call, InterestState.NEW, vera)
    with pytest.raises(UnableToMove, match="All places are taken or offered"):
        move(third, InterestMove.INVITE, lead)
    move(first, InterestMove.DECLINE, lead, reason=DeclineReason.TIME)
    assert move(third, InterestMove.INVITE, lead).state == "invited"


def test_more_places_let_more_be_invited(project, call):
    for _ in range(2):
        in_state(call, InterestState.INVITED)
    third = in_state(call, InterestState.SHORTLISTED)
    change_call(call=call, facts=facts(places=3), by=project.investigator, now=NOW)
    assert move(third, InterestMove.INVITE, project.investigator).state == "invited"


def test_nobody_joins_where_no_place_is_left(project, call, vera):
    interest = in_state(call, InterestState.INVITED, vera)
    Call.objects.filter(pk=call.pk).update(taken=2, state=CallState.FILLED)
    with pytest.raises(UnableToMove, match="All places are taken meanwhile"):
        move(interest, InterestMove.JOIN, vera)
    interest.refresh_from_db()
    assert interest.state == "invited"
    assert not project.members.filter(person=vera).exists()


def test_who_was_invited_in_time_joins_after_the_last_day(call, vera):
    interest = in_state(call, InterestState.INVITED, vera)
    Call.objects.filter(pk=call.pk).update(state=CallState.EXPIRED)
    assert move(interest, InterestMove.JOIN, vera).state == "joined"


def test_who_comes_second_reads_what_stands(project, call):
    interest = in_state(call, InterestState.NEW)
    move(interest, InterestMove.DECLINE, project.investigator, reason=DeclineReason.FIT)
    with pytest.raises(UnableToMove, match="This answer is now: declined"):
        move(interest, InterestMove.INVITE, project.investigator)


def test_a_withdrawal_is_told_to_the_lead(call, vera):
    move(answer(call, vera), InterestMove.WITHDRAW, vera)
    ((to, subject, _text),) = mails("interest_answered")
    assert to == "researcher@example.org"
    assert subject == "Vera Orlova withdraws the answer to: A laboratory for biopsies"


# -- writing ----------------------------------------------------------------------------------------------


def test_both_sides_write_each_other_through_the_portal(project, call, vera):
    interest = answer(call, vera)
    write_message(interest=interest, text="When could you begin?", by=project.investigator, now=NOW)
    write_message(interest=interest, text="In May.", by=vera, now=NOW)
    (to_vera, to_lead) = mails("interest_message")
    assert to_vera[0] == "vera@example.org"
    assert to_vera[1].endswith("Iljina writes about: A laboratory for biopsies")
    assert "When could you begin?" in to_vera[2]
    assert (to_lead[0], to_lead[1]) == (
        "researcher@example.org",
        "Vera Orlova writes about: A laboratory for biopsies",
    )
    assert [message.text for message in interest.messages.all()] == ["When could you begin?", "In May."]


def test_nobody_else_writes_and_nobody_about_what_is_settled(project, call, vera, other_university):
    interest = answer(call, vera)
    with pytest.raises(UnableToWrite, match="no part"):
        write_message(
            interest=interest, text="!", by=person_at(other_university, UniversityRole.COORDINATOR), now=NOW
        )
    move(interest, InterestMove.DECLINE, project.investigator, reason=DeclineReason.FIT)
    for person in (vera, project.investigator):
        with pytest.raises(UnableToWrite, match="settled"):
            write_message(interest=interest, text="!", by=person, now=NOW)


def test_messages_are_counted(call, vera, monkeypatch):
    monkeypatch.setattr(interest_messages, "MOST_ABOUT_ONE", 2)
    interest = answer(call, vera)
    for text in ("One", "Two"):
        write_message(interest=interest, text=text, by=vera, now=NOW)
    with pytest.raises(UnableToWrite, match="go on tomorrow"):
        write_message(interest=interest, text="Three", by=vera, now=NOW)
    later = NOW + timedelta(days=1, minutes=1)
    assert write_message(interest=interest, text="Three", by=vera, now=later).pk


# -- what waits -------------------------------------------------------------------------------------------


def test_undecided_answers_and_invitations_wait(project, call, vera, django_assert_max_num_queries):
    def waits(person) -> list[str]:
        return [one.text for one in waiting_for(person, NOW) if "project has" not in one.text]

    answer(call), answer(call)
    invited = in_state(call, InterestState.INVITED, vera)
    assert "2 answers to your calls are undecided" in waits(project.investigator)
    assert waits(vera) == ["1 invitation to a project is unanswered"]
    move(invited, InterestMove.JOIN, vera)
    assert waits(vera) == []


def test_an_account_that_is_deleted_takes_its_answers_with_it(project, call, vera):
    interest = answer(call, vera)
    write_message(interest=interest, text="Hello", by=project.investigator, now=NOW)
    vera.delete()
    assert not Interest.objects.exists()


def test_an_answer_fits_the_until_of_the_call(call):
    assert call.until == UNTIL
    assert express_interest(call=call, text="Yes", by=UserFactory(), now=NOW).created_at == NOW
