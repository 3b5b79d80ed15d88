"""What results do to ratings: the formula's limits, and that no result is lost or counted twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from exchange.actions.fixtures import By, Entry, confirm_result, enter_result
from exchange.actions.ratings import rebuild_ratings
from exchange.actions.teams import save_team
from exchange.enums import Actor, FixtureState, ResultKind
from exchange.models import Fixture, RatingChange, Team
from exchange.ratings import LEAST_DEVIATION, MODEL, Rating, expected, rated
from tests.factories import FixtureFactory, FixtureRequestFactory, SeasonFactory, UserFactory

from .life import at_once

ratings = st.builds(Rating, st.floats(0, 4000), st.floats(0, 350))
scores = st.sampled_from([0.0, 0.5, 1.0])
weights = st.floats(0, 1)
START = datetime(2027, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2027, 5, 1, tzinfo=UTC)


@given(ratings, ratings, scores)
def test_a_weight_of_0_changes_nothing(host, guest, score):
    assert rated(host, guest, score=score, weight=0) == (host, guest)


@given(ratings, ratings, scores)
def test_a_weight_of_1_is_the_full_step_of_the_library(host, guest, score):
    sides = [[MODEL.rating(mu=side.mean, sigma=side.variance**0.5)] for side in (host, guest)]
    full = MODEL.rate(sides, scores=[score, 1 - score])
    for after, (library,) in zip(rated(host, guest, score=score, weight=1), full, strict=True):
        assert after.mean == pytest.approx(library.mu)


@given(ratings, ratings, scores)
def test_the_step_is_what_was_got_beyond_what_was_expected(host, guest, score):
    after, _other = rated(host, guest, score=score, weight=1)
    spread = (host.variance + guest.variance + (400 / 2.302585092994046) ** 2) ** 0.5
    step = host.variance / spread * (score - expected(host, guest))
    assert after.mean - host.mean == pytest.approx(step, abs=1e-6)


@given(ratings, ratings, scores, weights, weights)
def test_more_weight_moves_further_and_says_more(host, guest, score, one, other):
    light, heavy = sorted((one, other))
    for before, less, more in zip(
        (host, guest),
        rated(host, guest, score=score, weight=light),
        rated(host, guest, score=score, weight=heavy),
        strict=True,
    ):
        assert abs(less.mean - before.mean) <= abs(more.mean - before.mean) + 1e-9
        assert more.deviation <= less.deviation <= before.deviation


@given(ratings, ratings, weights)
def test_a_winner_never_falls_and_a_loser_never_rises(host, guest, weight):
    winner, loser = rated(host, guest, score=1, weight=weight)
    assert winner.mean >= host.mean
    assert loser.mean <= guest.mean


@given(ratings, ratings, scores, weights)
def test_the_sides_may_be_named_either_way(host, guest, score, weight):
    there = rated(host, guest, score=score, weight=weight)
    back = rated(guest, host, score=1 - score, weight=weight)
    for one, other in zip(there, reversed(back), strict=True):
        assert one.mean == pytest.approx(other.mean)
        assert one.deviation == pytest.approx(other.deviation)


@given(ratings, scores, weights, st.floats(0, 4000))
def test_what_one_of_two_equally_known_teams_gains_the_other_loses(host, score, weight, mean):
    guest = Rating(mean, host.deviation)
    after = rated(host, guest, score=score, weight=weight)
    assert after[0].mean + after[1].mean == pytest.approx(host.mean + guest.mean)


@given(ratings, weights)
def test_a_draw_of_equals_moves_no_mean(team, weight):
    assert [side.mean for side in rated(team, team, score=0.5, weight=weight)] == pytest.approx(
        [team.mean] * 2
    )


def test_nobody_becomes_surer_than_the_squad_lasts():
    team = Rating(1500, 350)
    for _ in range(500):
        team, _other = rated(team, Rating(1500, 60), score=0.5, weight=1)
    assert team.deviation == LEAST_DEVIATION
    assert expected(Rating(1700, 60), Rating(1500, 60)) == pytest.approx(0.74, abs=0.005)


def met(host: Team, guest: Team, day: int) -> Fixture:
    season = SeasonFactory()
    requests = [
        team.requests.first() or FixtureRequestFactory(team=team, season=season, days={})
        for team in (host, guest)
    ]
    when = (START + timedelta(days=day)).date()
    # Nothing forbids here that a pair meets often: they do so in seasons of their own.
    season = SeasonFactory(
        name=f"Cup {Fixture.objects.count()}", starts=date(2027, 1, 1), ends=date(2027, 9, 1)
    )
    return FixtureFactory(
        season=season,
        host_request=requests[0],
        guest_request=requests[1],
        date=when,
        state=FixtureState.CONFIRMED,
        invited=False,
        held=False,
    )


def finish(fixture: Fixture, host_score: int, guest_score: int) -> None:
    entry = Entry(ResultKind.PLAYED, host_score, guest_score)
    result = enter_result(fixture=fixture, by=By(Actor.HOST), entry=entry, now=LATER)
    confirm_result(result=result, by=By(Actor.GUEST), now=LATER)


@pytest.fixture
def teams(db) -> list[Team]:
    return [FixtureRequestFactory(days={}).team for _ in range(3)]


def figures() -> dict[int, tuple[float, float]]:
    return {team.pk: (team.rating, team.rating_deviation) for team in Team.objects.all()}


def test_a_rebuild_in_the_same_order_gives_the_same_figures(teams):
    a, b, c = teams
    for day, (host, guest) in enumerate(((a, b), (b, c), (c, a), (b, a))):
        finish(met(host, guest, day), 2, day % 3)
    live, rows = figures(), list(RatingChange.objects.values_list("team", "before", "after"))
    assert rebuild_ratings().moved == []
    assert figures() == live
    assert list(RatingChange.objects.values_list("team", "before", "after")) == rows


def test_a_rebuild_goes_by_kick_off_and_says_whom_it_moves(teams):
    a, b, c = teams
    early, late = met(a, b, 0), met(a, c, 5)
    finish(late, 1, 0), finish(early, 0, 1)
    live, said = figures(), StringIO()
    call_command("rebuild_ratings", "--dry-run", stdout=said)
    assert "2 results, 3 teams would move" in said.getvalue()
    assert figures() == live
    call_command("rebuild_ratings", stdout=StringIO())
    first, second = RatingChange.objects.filter(team=a)
    assert (first.fixture, first.before, second.fixture, second.before) == (early, 1500, late, first.after)
    assert rebuild_ratings().moved == []


def test_what_was_set_by_hand_is_where_a_rebuild_goes_on_from(teams):
    a, b, _c = teams
    finish(met(a, b, 0), 1, 0)
    Team.objects.filter(pk=a.pk).update(rating=1800, rating_deviation=200)
    finish(met(b, a, 3), 1, 0)
    Team.objects.filter(pk=b.pk).update(rating=1400)
    live = figures()
    assert rebuild_ratings().moved == []
    assert figures() == live
    assert RatingChange.objects.filter(team=a).last().before == 1800


def test_a_season_whose_results_weigh_nothing_leaves_no_trace(teams):
    fixture = met(*teams[:2], 0)
    fixture.season.rating_weight = 0
    fixture.season.save()
    finish(fixture, 5, 0)
    assert not RatingChange.objects.exists()
    assert set(Team.objects.values_list("rating", flat=True)) == {1500}


def test_a_form_that_was_open_meanwhile_does_not_put_an_old_rating_back(teams):
    old = Team.objects.get(pk=teams[0].pk)
    finish(met(*teams[:2], 0), 1, 0)
    old.name = "Renamed"
    save_team(team=old, by=UserFactory(is_superuser=True), rating=False)
    now = Team.objects.get(pk=old.pk)
    assert (now.name, now.rating > 1500) == ("Renamed", True)


@pytest.mark.django_db(transaction=True)
def test_two_results_of_one_team_at_once_both_count(teams):
    a, b, c = teams
    fixtures = [met(a, b, 0), met(c, a, 1)]
    entry = Entry(ResultKind.PLAYED, 1, 1)
    results = [enter_result(fixture=one, by=By(Actor.HOST), entry=entry, now=LATER) for one in fixtures]
    Team.objects.filter(pk=a.pk).update(rating=1700)
    faults = at_once(
        *(lambda r=one: confirm_result(result=r, by=By(Actor.GUEST), now=LATER) for one in results)
    )
    assert not [fault for fault in faults if isinstance(fault, Exception)]
    first, second = RatingChange.objects.filter(team=a)
    assert (first.before, second.before) == (1700, first.after)
    assert Team.objects.get(pk=a.pk).rating == second.after
