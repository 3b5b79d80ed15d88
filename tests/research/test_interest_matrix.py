"""Who may do what with an answer, in which state, and what it becomes: all actors × states × moves."""

from __future__ import annotations

import pytest
from django.db import transaction

from portal.enums import UniversityRole
from research.actions.interest_moves import UnableToMove, move_interest
from research.enums import (
    INTEREST_MOVES,
    INTEREST_RULES,
    DeclineReason,
    InterestActor,
    InterestMove,
    InterestState,
    interest_moves,
)
from research.models import Interest
from tests.factories import UserFactory

from .calling import NOW, call_of, in_state
from .conftest import person_at

pytestmark = pytest.mark.django_db

#: L the lead, P who has answered; what is not written may not be.
ALLOWED = """
shortlist  new          L  shortlisted
invite     new          L  invited
invite     shortlisted  L  invited
decline    new          L  declined
decline    shortlisted  L  declined
decline    invited      L  declined
join       invited      P  joined
withdraw   new          P  withdrawn
withdraw   shortlisted  P  withdrawn
withdraw   invited      P  withdrawn
"""
LETTERS = {"L": InterestActor.LEAD, "P": InterestActor.PERSON}
TABLE = {
    (InterestMove(move), InterestState(state), LETTERS[letter]): InterestState(target)
    for move, state, letter, target in map(str.split, ALLOWED.strip().splitlines())
}


def test_the_table_in_the_code_is_this_one():
    in_code = {
        (rule.move, state, rule.actor): rule.target for rule in INTEREST_RULES for state in rule.sources
    }
    assert in_code == TABLE


def test_the_rules_are_the_moves_there_are():
    moves: dict[InterestState, set[InterestState]] = {}
    for (_move, state, _actor), target in TABLE.items():
        moves.setdefault(state, set()).add(target)
    assert moves == INTEREST_MOVES


@pytest.fixture
def cast(project_of, coordinator, other_university):
    project = project_of(published=True)
    return {
        "lead": project.investigator,
        "coordinator of the lead": coordinator,
        "person": UserFactory(),
        "lead of another": person_at(other_university, UniversityRole.COORDINATOR),
        "anybody": UserFactory(),
    }, call_of(project, places=50)


AS = {
    "lead": InterestActor.LEAD,
    "coordinator of the lead": InterestActor.LEAD,
    "person": InterestActor.PERSON,
}


@pytest.mark.parametrize("state", InterestState)
def test_each_actor_makes_the_moves_of_the_table_and_no_other(cast, state):
    people, call = cast
    for move in InterestMove:
        for name, by in people.items():
            interest = in_state(call, state, people["person"])
            target = TABLE.get((move, state, AS.get(name)))
            assert (move in interest_moves(AS[name], state)) is bool(target) if name in AS else not target
            if target:
                moved = move_interest(interest=interest, move=move, by=by, reason=DeclineReason.FIT, now=NOW)
                assert moved.state == target, (name, move)
            else:
                with pytest.raises(UnableToMove), transaction.atomic():
                    move_interest(interest=interest, move=move, by=by, now=NOW)
                assert Interest.objects.get(pk=interest.pk).state == state, (name, move)
            interest.delete()


def test_nobody_decides_on_their_own_answer(cast):
    people, call = cast
    own = in_state(call, InterestState.NEW, people["lead"])
    with pytest.raises(UnableToMove, match="not yours to decide"):
        move_interest(interest=own, move=InterestMove.INVITE, by=people["lead"], now=NOW)
