"""Who leaves a project frees the place that they took by answering a call."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.models import User
from research.actions.interest_moves import move_interest
from research.actions.members import leave_project, remove_member
from research.enums import CallState, DeclineReason, InterestMove, InterestState
from research.models import Call, Interest, Project
from research.personal import erase
from tests.factories import UserFactory

from .calling import NOW, UNTIL, answer, call_of, mails

pytestmark = pytest.mark.django_db
AFTER_ALL = NOW + timedelta(days=100)


@pytest.fixture
def project(project_of) -> Project:
    return project_of(published=True, title="Sleep of rowers")


@pytest.fixture
def vera(db) -> User:
    return UserFactory(first_name="Vera", last_name="Orlova")


def joined(call: Call, person: User) -> Interest:
    interest = answer(call, person)
    lead = call.project.investigator
    move_interest(interest=interest, move=InterestMove.INVITE, by=lead, now=NOW)
    return move_interest(interest=interest, move=InterestMove.JOIN, by=person, now=NOW)


def leave(project: Project, person: User, now=NOW) -> None:
    leave_project(project=project, person=person, by=person, now=now)


def standing(call: Call) -> tuple[str, int]:
    call.refresh_from_db()
    return call.state, call.taken


def test_an_open_call_has_the_place_again_and_they_may_answer_once_more(project, vera):
    call = call_of(project, places=2)
    first = joined(call, vera)
    assert standing(call) == (CallState.OPEN, 1)
    leave(project, vera)
    assert standing(call) == (CallState.OPEN, 0)
    first.refresh_from_db()
    assert first.state == InterestState.LEFT
    joined(call, vera)
    assert standing(call) == (CallState.OPEN, 1)


def test_a_call_that_was_filled_is_open_again_and_its_lead_is_told(project, vera):
    call = call_of(project)
    joined(call, vera)
    assert standing(call) == (CallState.FILLED, 1)
    leave(project, vera)
    assert standing(call) == (CallState.OPEN, 0)
    ((_to, _subject, text),) = mails("member_left")
    assert "A place is free again: A laboratory for biopsies (open until 31 May 2027)." in text
    joined(call, UserFactory())
    assert standing(call) == (CallState.FILLED, 1)


def test_after_its_last_day_it_counts_as_expired_and_can_be_taken_up_again(project, vera):
    call = call_of(project)
    joined(call, vera)
    leave(project, vera, AFTER_ALL)
    assert standing(call) == (CallState.EXPIRED, 0)
    ((_to, _subject, text),) = mails("member_left")
    assert "A place is free again: A laboratory for biopsies (expired)." in text


def test_a_closed_call_stays_as_it_was(project, vera):
    call = call_of(project)
    joined(call, vera)
    Call.objects.filter(pk=call.pk).update(state=CallState.CLOSED)
    leave(project, vera)
    assert standing(call) == (CallState.CLOSED, 1)
    ((_to, _subject, text),) = mails("member_left")
    assert "free again" not in text


def test_it_is_free_too_after_the_lead_has_taken_somebody_out(project, vera):
    call = call_of(project, places=2)
    joined(call, vera)
    member = project.members.get(person=vera)
    remove_member(member=member, reason="No samples came.", by=project.investigator, now=NOW)
    assert standing(call) == (CallState.OPEN, 0)


def test_it_is_free_too_after_an_account_was_erased(project, vera):
    call = call_of(project, places=2, until=UNTIL)
    joined(call, vera)
    erase(vera, NOW)
    assert standing(call) == (CallState.OPEN, 0)


def test_whoever_came_without_a_call_frees_no_place(project, vera):
    call = call_of(project, places=2)
    joined(call, vera)
    other = UserFactory()
    declined = answer(call, other)
    lead = project.investigator
    move_interest(interest=declined, move=InterestMove.DECLINE, by=lead, reason=DeclineReason.FIT, now=NOW)
    project.members.create(person=other, name="Other")
    leave(project, other)
    assert standing(call) == (CallState.OPEN, 1)
