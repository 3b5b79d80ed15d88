"""Two people at once, on the database that is set up."""

from __future__ import annotations

import pytest
from django.utils import timezone

from research.actions.call_clocks import expire_calls
from research.actions.calls import extend_call
from research.actions.interest_moves import move_interest
from research.actions.interests import express_interest
from research.enums import DeclineReason, InterestMove, InterestState, ProjectStatus
from research.models import Call, Interest, Project
from tests.exchange.life import at_once, kinds
from tests.factories import UniversityFactory, UserFactory

from .calling import NOW, UNTIL, in_state

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def call() -> Call:
    """Of a project that administrators lead; tests without a transaction of their own have no pages."""
    project = Project.objects.create(
        lead=UniversityFactory(joined_at=timezone.now()),
        title="Sleep",
        slug="sleep",
        summary="Sleep.",
        status=ProjectStatus.SEEKING,
    )
    return Call.objects.create(project=project, title="Samples", text="Samples.", until=UNTIL, places=1)


@pytest.fixture
def leads(db) -> list:
    return [UserFactory(is_superuser=True, is_staff=True) for _ in range(2)]


def moving(interest: Interest, move: InterestMove, by, **facts):
    return lambda: move_interest(interest=interest, move=move, by=by, now=NOW, **facts)


def states() -> list[str]:
    return sorted(Interest.objects.values_list("state", flat=True))


def test_of_two_leads_who_invite_for_the_last_place_one_is_told(call, leads):
    first, second = in_state(call, InterestState.NEW), in_state(call, InterestState.NEW)
    results = at_once(
        moving(first, InterestMove.INVITE, leads[0]), moving(second, InterestMove.INVITE, leads[1])
    )
    assert kinds(results) == ["Interest", "UnableToMove"]
    assert states() == ["invited", "new"]


def test_of_two_who_join_at_the_last_place_one_is_told(call):
    """As after a slip in the database: no more are invited than there are places."""
    people = [UserFactory(), UserFactory()]
    rows = [in_state(call, InterestState.INVITED, person) for person in people]
    results = at_once(
        *(moving(row, InterestMove.JOIN, person) for row, person in zip(rows, people, strict=True))
    )
    assert kinds(results) == ["Interest", "UnableToMove"]
    assert states() == ["invited", "joined"]
    call.refresh_from_db()
    assert (call.taken, call.state) == (1, "filled")
    assert call.project.members.count() == 1


def test_who_joins_while_the_lead_takes_the_invitation_back_is_either_in_or_out(call, leads):
    person = UserFactory()
    row = in_state(call, InterestState.INVITED, person)
    results = at_once(
        moving(row, InterestMove.JOIN, person),
        moving(row, InterestMove.DECLINE, leads[0], reason=DeclineReason.TIME),
    )
    assert kinds(results) == ["Interest", "UnableToMove"]
    call.refresh_from_db()
    assert call.taken == call.project.members.count() == (states() == ["joined"])


def test_two_clicks_answer_once(call, monkeypatch):
    monkeypatch.setattr("research.answering.is_public", lambda project: True)
    person = UserFactory()
    results = at_once(*[lambda: express_interest(call=call, text="Yes", by=person, now=NOW)] * 2)
    assert kinds(results) == ["Interest", "UnableToAnswer"]
    assert states() == ["new"]


def test_an_extension_and_the_clock_do_not_undo_each_other(call, leads):
    over = NOW.replace(year=2027, month=6, day=1)
    results = at_once(
        lambda: extend_call(call=call, until=UNTIL, by=leads[0], now=over), lambda: expire_calls(now=over)
    )
    assert results[0].state == "open"
    call.refresh_from_db()
    assert call.state == "open"
    assert call.until > over.date()
