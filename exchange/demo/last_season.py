"""A season that is over, played through by the portal's own actions: results, ratings, visits that are owed.

Its mails were read long ago: they are dropped before anybody sends them.
"""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta

from django.db import transaction

from exchange.actions.clocks import begin_fixtures
from exchange.actions.fixtures import By, Entry, cancel_fixture, confirm_result, enter_result
from exchange.actions.invitations import accept_invitation
from exchange.actions.requests import file_request
from exchange.actions.runs import compute_run, start_run
from exchange.actions.seasons import save_season
from exchange.enums import Actor, AnswerWay, ResultKind, RunTrigger, Side
from exchange.models import Fixture, FixtureRequest, Season
from portal.demo.people import HOME
from portal.demo.progress import each
from portal.demo.requests import kilometres
from portal.models import DigestEntry, OutboxMessage, University

#: The teams nearest to the demonstration's home play.
TEAMS = 80
#: The last day lies at least this long ago, so that every result stands.
OVER_FOR = timedelta(days=7)
ASKED_BEFORE, ANSWERED_AFTER = timedelta(days=30), timedelta(days=2)
#: Of so many fixtures one is cancelled, and one a walkover.
CANCELLED, WALKOVER = 17, 19
#: Mean score of a side that is as strong as the other, by sport; other sports count to some ten.
SCORES = {
    "BKB": 72,
    "HBL": 28,
    "FBL": 2,
    "FSL": 4,
    "IHO": 3,
    "HOC": 2,
    "WPO": 9,
    "VVO": 2,
    "TTE": 3,
    "TEN": 2,
}
OTHER_SCORE = 10


@transaction.atomic
def play_last_season(coming: Season, *, now: datetime) -> None:
    """All of it or nothing; the same results in each demonstration."""
    if Season.objects.filter(ends__lt=coming.starts).exists():
        return
    before = OutboxMessage.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    season, shift = _season(coming, now)
    asked = datetime.combine(season.starts, time(9), now.tzinfo) - ASKED_BEFORE
    save_season(season=season, now=asked)
    for request in _requests_near_home(coming):
        _ask_again(request, season, shift, asked)
    run = start_run(season=season, trigger=RunTrigger.NIGHTLY, by=None, now=asked)
    compute_run(run_id=run.pk, now=asked)
    for number, fixture in enumerate(each(list(season.fixtures.order_by("date", "pk")), "Last season")):
        _play(fixture, number, asked + ANSWERED_AFTER)
    OutboxMessage.objects.filter(pk__gt=before).delete()
    DigestEntry.objects.filter(created_at__lt=now).delete()


def _season(coming: Season, now: datetime) -> tuple[Season, timedelta]:
    """Of the same length, whole weeks earlier, so that a Saturday stays a Saturday."""
    shift = timedelta()
    while coming.ends - shift > now.date() - OVER_FOR:
        shift += timedelta(weeks=1)
    starts, ends = coming.starts - shift, coming.ends - shift
    return Season(name=f"{starts:%B %Y} to {ends:%B %Y}", starts=starts, ends=ends), shift


def _requests_near_home(season: Season) -> list[FixtureRequest]:
    home = University.objects.get(ror=HOME)
    requests = season.requests.select_related("team__club__university", "created_by").prefetch_related("days")
    return sorted(requests, key=lambda row: (kilometres(home, row.team.club.university), row.pk))[:TEAMS]


def _ask_again(request: FixtureRequest, season: Season, shift: timedelta, asked: datetime) -> None:
    file_request(
        season=season,
        team=request.team,
        days={day.date - shift: day.use for day in request.days.all()},
        wanted=request.wanted,
        min_rest_days=request.min_rest_days,
        max_distance_km=request.max_distance_km,
        max_rating_gap=request.max_rating_gap,
        avoid=[],
        prefer=[],
        notes="",
        by=request.created_by,
        now=asked,
    )


def _play(fixture: Fixture, number: int, answered: datetime) -> None:
    for invitation in fixture.invitations.order_by("pk"):
        accept_invitation(invitation=invitation, by=None, via=AnswerWay.LINK, now=answered)
    fixture.refresh_from_db()
    if number % CANCELLED == CANCELLED - 1:
        late = fixture.starts_at - timedelta(days=2)
        cancel_fixture(fixture=fixture, by=By(Actor.GUEST), reason="Half the squad is ill.", now=late)
        return
    begin_fixtures(now=fixture.starts_at + timedelta(hours=4))
    entered = fixture.starts_at + timedelta(hours=6)
    result = enter_result(fixture=fixture, by=By(Actor.HOST), entry=_entry(fixture, number), now=entered)
    confirm_result(result=result, by=By(Actor.GUEST), now=entered + timedelta(hours=14))


def _entry(fixture: Fixture, number: int) -> Entry:
    if number % WALKOVER == WALKOVER - 1:
        return Entry(kind=ResultKind.GUEST_ABSENT)
    luck = random.Random(number)  # noqa: S311 - a game is no secret
    mean = SCORES.get(fixture.host.sport, OTHER_SCORE)
    edge = (fixture.host.rating - fixture.guest.rating) / 800
    scores = {
        side: max(0, round(luck.gauss(mean * (1 + sign * edge), (mean**0.5) * 0.9)))
        for side, sign in ((Side.HOST, 1), (Side.GUEST, -1))
    }
    return Entry(host_score=scores[Side.HOST], guest_score=scores[Side.GUEST])
