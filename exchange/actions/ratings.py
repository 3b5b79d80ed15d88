"""Ratings follow results: one at a time as they become final, or all of them anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from exchange.enums import ResultKind, ResultState
from exchange.models import Fixture, RatingChange, Result, Team
from exchange.ratings import Rating, expected, rated, score_of

#: Rows written at once.
BATCH = 500


def rate_result(*, result: Result, fixture: Fixture, now: datetime) -> None:
    """Moves both teams by a result that has just become final. The caller holds the locks of `lock_fixture`.

    Only what was played to the end counts: a walkover says who travels, not who is stronger. A season whose
    results weigh nothing leaves no trace.
    """
    weight = fixture.season.rating_weight
    if result.kind != ResultKind.PLAYED or not weight:
        return
    # Read under the lock: the fixture's own copies may be from before it.
    teams = Team.objects.in_bulk((fixture.host_id, fixture.guest_id))
    sides = [rating_of(teams[pk]) for pk in (fixture.host_id, fixture.guest_id)]
    changes = _changes(result, fixture, *sides, weight=weight, at=now)
    RatingChange.objects.bulk_create(changes)
    for change in changes:
        Team.objects.filter(pk=change.team_id).update(
            rating=change.after, rating_deviation=change.deviation_after
        )


def rating_of(team: Team) -> Rating:
    return Rating(team.rating, team.rating_deviation)


def _changes(
    result: Result, fixture: Fixture, host: Rating, guest: Rating, *, weight: float, at: datetime
) -> list[RatingChange]:
    score, share = score_of(result.host_score, result.guest_score), expected(host, guest)
    after = rated(host, guest, score=score, weight=weight)
    sides = (
        (fixture.host_id, host, after[0], score, share),
        (fixture.guest_id, guest, after[1], 1 - score, 1 - share),
    )
    return [
        RatingChange(
            team_id=team,
            fixture=fixture,
            at=at,
            score=got,
            expected=awaited,
            weight=weight,
            before=old.mean,
            after=new.mean,
            deviation_before=old.deviation,
            deviation_after=new.deviation,
        )
        for team, old, new, got, awaited in sides
    ]


@dataclass(frozen=True, slots=True)
class Given:
    """Ratings that came from no result: those a team began with, and those set by hand later.

    A change that begins elsewhere than where the one before it ended tells that a hand was between them.
    """

    first: dict[int, Rating] = field(default_factory=dict)
    #: By team and by the fixture that was rated next.
    later: dict[tuple[int, int], Rating] = field(default_factory=dict)
    #: After the last result of a team.
    last: dict[int, Rating] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    results: int
    #: Teams that end elsewhere, with the old rating and the new one.
    moved: list[tuple[Team, Rating, Rating]]


@transaction.atomic
def rebuild_ratings(*, dry_run: bool = False) -> Rebuilt:
    """Rates all final results anew in the order of their kick-offs, by the weights that seasons have now.

    What was set by hand stays where it was: before the result that followed it. Results that become final
    meanwhile wait for the teams, and count after.
    """
    teams = {team.pk: team for team in Team.objects.select_for_update(no_key=True).order_by("pk")}
    given = _given(teams.values())
    results = _final_results()
    changes, ratings = _replay(results, given)
    moved = [
        (team, rating_of(team), ratings[pk]) for pk, team in teams.items() if ratings[pk] != rating_of(team)
    ]
    if not dry_run:
        _write(changes, moved)
    return Rebuilt(len(results), moved)


def _given(teams: Iterable[Team]) -> Given:
    given, stands = Given(), {}
    for change in RatingChange.objects.order_by("pk"):
        before = Rating(change.before, change.deviation_before)
        if change.team_id not in stands:
            given.first[change.team_id] = before
        elif before != stands[change.team_id]:
            given.later[change.team_id, change.fixture_id] = before
        stands[change.team_id] = Rating(change.after, change.deviation_after)
    for team in teams:
        now = rating_of(team)
        given.first.setdefault(team.pk, now)
        if stands.get(team.pk, now) != now:
            given.last[team.pk] = now
    return given


def _final_results() -> list[Result]:
    results = Result.objects.filter(kind=ResultKind.PLAYED, state=ResultState.STANDS)
    return list(results.select_related("fixture__season").order_by("fixture__starts_at", "fixture"))


def _replay(results: Iterable[Result], given: Given) -> tuple[list[RatingChange], dict[int, Rating]]:
    ratings, changes = dict(given.first), []
    for result in results:
        fixture = result.fixture
        for team in (fixture.host_id, fixture.guest_id):
            ratings[team] = given.later.get((team, fixture.pk), ratings[team])
        if not (weight := fixture.season.rating_weight):
            continue
        sides = (ratings[fixture.host_id], ratings[fixture.guest_id])
        new = _changes(result, fixture, *sides, weight=weight, at=result.answered_at or result.entered_at)
        ratings |= {change.team_id: Rating(change.after, change.deviation_after) for change in new}
        changes += new
    return changes, ratings | given.last


def _write(changes: list[RatingChange], moved: list[tuple[Team, Rating, Rating]]) -> None:
    RatingChange.objects.all().delete()
    RatingChange.objects.bulk_create(changes, batch_size=BATCH)
    for team, _old, new in moved:
        team.rating, team.rating_deviation = new.mean, new.deviation
    Team.objects.bulk_update((team for team, *_ in moved), ["rating", "rating_deviation"], batch_size=BATCH)
