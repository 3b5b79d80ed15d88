"""Who owes whom a visit, and what the next run makes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from exchange import gateway
from exchange.enums import FixtureState, ResultKind, ResultState
from exchange.models import Fixture, FixtureRequest, Season
from exchange.queries.reciprocity import balances_of, debt_between
from exchange.words import term_words
from tests.factories import FixtureFactory, FixtureRequestFactory, SeasonFactory, TeamFactory

from .life import ask, verified_run

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def season() -> Season:
    return SeasonFactory()


@pytest.fixture
def a(season) -> FixtureRequest:
    return ask(season)


@pytest.fixture
def b(season) -> FixtureRequest:
    return ask(season)


def visit(host: FixtureRequest, guest: FixtureRequest, state: str = FixtureState.PLAYED) -> Fixture:
    """In another season, before this one."""
    past = SeasonFactory(
        name=f"Past {Fixture.objects.count()}", starts=date(2026, 1, 1), ends=date(2026, 6, 1)
    )
    requests = {
        name: FixtureRequestFactory(season=past, team=request.team, days={})
        for name, request in (("host_request", host), ("guest_request", guest))
    }
    return FixtureFactory(
        season=past,
        **requests,
        date=date(2026, 1, 1) + timedelta(days=Fixture.objects.count()),
        state=state,
        invited=False,
        held=False,
    )


def preferred(season: Season) -> dict[str, frozenset[str]]:
    return {row.team: row.prefer for row in gateway.load_pool(season, now=NOW).requests}


def owed(one: FixtureRequest, other: FixtureRequest) -> tuple[object, int] | None:
    debt = debt_between(one.team.club, other.team.club)
    return debt and (debt.debtor, debt.visits)


def test_who_was_visited_owes_a_visit_until_it_is_returned(season, a, b):
    visit(a, b)
    assert owed(a, b) == owed(b, a) == (a.team.club, 1)
    assert preferred(season) == {
        str(a.team_id): frozenset({str(b.team_id)}),
        str(b.team_id): frozenset({str(a.team_id)}),
    }
    visit(b, a)
    assert owed(a, b) is None
    assert set(preferred(season).values()) == {frozenset()}


def test_both_clubs_see_what_is_owed(a, b):
    visit(a, b), visit(a, b)
    (mine,), (theirs,) = balances_of(a.team.club), balances_of(b.team.club)
    assert (mine.other, mine.owes, mine.is_owed) == (b.team.club, 2, 0)
    assert (theirs.other, theirs.owes, theirs.is_owed) == (a.team.club, 0, 2)


@pytest.mark.parametrize("state", FixtureState)
def test_what_has_not_begun_is_no_visit(a, b, state):
    visit(a, b, state)
    begun = state in ("played", "entered", "disputed", "final", "walkover", "abandoned")
    assert (owed(a, b) is not None) == begun


@pytest.mark.parametrize(("kind", "travelled"), [("host-absent", True), ("guest-absent", False)])
def test_a_guest_who_stayed_away_has_not_visited(a, b, kind, travelled):
    fixture = visit(a, b, FixtureState.WALKOVER)
    fixture.results.create(
        kind=ResultKind(kind), state=ResultState.STANDS, entered_at=NOW, stands_at=NOW, side="host"
    )
    assert (owed(a, b) is not None) == travelled


def test_what_is_only_entered_does_not_show_in_the_visits(a, b):
    fixture = visit(a, b, FixtureState.RESULT_ENTERED)
    fixture.results.create(kind=ResultKind.GUEST_ABSENT, entered_at=NOW, stands_at=NOW, side="host")
    assert owed(a, b) is not None


def test_only_teams_of_the_same_sport_and_category_are_to_meet(season, a, b):
    women = ask(season, team=TeamFactory(club=b.team.club, category="W"))
    second = ask(season, team=TeamFactory(club=b.team.club))
    visit(a, b)
    assert preferred(season)[str(a.team_id)] == {str(b.team_id), str(second.team_id)}
    assert preferred(season)[str(women.team_id)] == frozenset()


def test_whom_one_avoids_is_not_preferred_by_either(season, a, b):
    visit(a, b)
    b.avoid.add(a.team)
    assert set(preferred(season).values()) == {frozenset()}


def test_one_request_prefers_ten_teams_at_most_for_visits(season, a):
    for _ in range(12):
        visit(a, ask(season))
    told = preferred(season)
    assert len(told[str(a.team_id)]) == 10
    assert sum(bool(teams) for teams in told.values()) == 11


def test_the_same_rows_give_the_same_snapshot(season, a, b):
    visit(a, b)
    hashes = {gateway.snapshot(gateway.load_pool(season, now=NOW))[1] for _ in range(3)}
    assert len(hashes) == 1


def test_a_fixture_says_whose_club_owes_the_visit(season, a, b):
    visit(a, b)
    run = verified_run(season)
    planned = run.planned.get()
    term = next(term for term in planned.terms if term["name"] == "prefer")
    side = "host" if planned.host_id == a.pk else "guest"
    assert term["params"] == {"wished": 1, "owes": side}
    assert term_words(term) == f"The {side}’s club owes a visit: 100 of 100"


def test_a_wish_is_still_called_a_wish(season, a, b):
    a.prefer.add(b.team)
    term = next(term for term in verified_run(season).planned.get().terms if term["name"] == "prefer")
    assert term_words(term) == "They asked to meet: 100 of 100"


@pytest.mark.parametrize("count", [1, 12])
def test_a_clubs_visits_cost_the_same_queries(season, a, count, django_assert_num_queries):
    for _ in range(count):
        visit(a, ask(season))
    with django_assert_num_queries(2):
        assert len(balances_of(a.team.club)) == count
