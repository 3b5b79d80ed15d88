"""Whom else a side could have met, and who would rather meet: kept with the run, shown to those concerned."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange import access, gateway, matching
from exchange.enums import DayUse, FixtureState, RunState, Side
from exchange.models import MatchRun, PlannedFixture, UnservedRequest
from exchange.queries.alternatives import PAIRS_SHOWN
from tests.exchange.life import ask, verified_run
from tests.factories import (
    FixtureFactory,
    FixtureRequestFactory,
    MatchRunFactory,
    MembershipFactory,
    SeasonFactory,
    UserFactory,
)

from .looking import coordinator_of, text_of

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
DAY = date(2027, 3, 6)
FIGURES = {
    "requests": 12, "served": 10, "served_bound": 10, "waiting_days": 1234, "waiting_days_bound": 1234,
    "quality": 23187, "quality_bound": 23187, "finished_at": NOW,
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def season():
    return SeasonFactory()


@pytest.fixture
def run(season):
    return MatchRunFactory(season=season, state=RunState.PUBLISHED, **FIGURES)


@pytest.fixture
def administrator():
    return UserFactory(is_superuser=True, is_staff=True)


def told(host, guest, points=35) -> dict[str, object]:
    cost = matching.Objective(0, 0, points)
    other = matching.Alternative(str(host.pk), str(guest.pk), date(2027, 3, 13), 743, cost, "duals")
    return matching.alternative_document(other)


def planned(run, **facts):
    """a hosts b; a could have hosted c, b could have travelled to d."""
    a, b, c, d = (FixtureRequestFactory(season=run.season) for _ in range(4))
    row = PlannedFixture.objects.create(
        run=run,
        host=a,
        guest=b,
        date=DAY,
        quality=860,
        distance_km=42,
        alternatives={"host": [told(a, c)], "guest": [told(d, b, 0)]},
        **facts,
    )
    return row, c, d


# -- kept


def test_the_plan_s_alternatives_are_kept_with_its_fixtures(season):
    a, b, c = (ask(season, days={DAY: DayUse.BOTH}) for _ in range(3))
    pool = gateway.load_pool(season, now=NOW)
    plan = matching.solve(pool)
    fixture = plan.fixtures[0]
    other = matching.Alternative(fixture.host, str(c.pk), DAY, 1, matching.Objective(0, 0, 7), "duals")
    key = (fixture.host, fixture.guest, fixture.date)
    run = MatchRunFactory(season=season)
    gateway.stage(run, matching.Plan(**_fields(plan) | {"alternatives": {key: ((other,), ())}}), pool)
    row = run.planned.get()
    assert row.alternatives == {"host": [matching.alternative_document(other)], "guest": []}
    assert row.alternatives["host"][0]["cost"] == {"served": 0, "waiting_days": 0, "quality": 7}
    gateway.stage(run, matching.Plan(**_fields(plan) | {"alternatives": {}}), pool)
    assert run.planned.get().alternatives == {}
    assert {a.pk, b.pk, c.pk} >= {row.host_id, row.guest_id}


def _fields(plan):
    return {name: getattr(plan, name) for name in plan.__slots__}


def test_a_run_counts_its_blocking_pairs(season):
    for _ in range(4):
        ask(season, days={DAY: DayUse.BOTH})
    run = verified_run(season)
    pool, plan = gateway.pool_of(run), gateway.plan_of(run)
    blocking = matching.blocking_pairs(pool, plan)
    assert run.report["blocking"] == matching.blocking_document(blocking)


# -- shown on the page of a run


def test_administrators_see_what_both_sides_could_have_met(client, run, administrator):
    row, c, d = planned(run)
    client.force_login(administrator)
    text = text_of(client.get(run.get_absolute_url()))
    a, b = row.host.team, row.guest.team
    assert f"{a} could have met, instead of {b}:" in text
    assert f"{b} could have met, instead of {a}:" in text
    assert f"<b>{c.team}</b>" in text
    facts = "Saturday, 13 March 2027 · 743 points of quality. The whole plan"
    assert f"at home, {facts} would lose at least 35 points." in text
    assert f"<b>{d.team}</b>" in text
    assert f"away, {facts} might lose nothing." in text


def test_coordinators_see_the_alternatives_of_their_side(client, run):
    row, c, d = planned(run)
    client.force_login(coordinator_of(row.guest.team.club.university))
    text = text_of(client.get(run.get_absolute_url()))
    assert f"<b>{d.team}</b>" in text
    assert str(c.team) not in text


def test_a_side_without_alternatives_is_told_so_and_a_fixed_fixture_says_nothing(client, run, administrator):
    row, _, _ = planned(run)
    PlannedFixture.objects.filter(pk=row.pk).update(alternatives={"host": [], "guest": []})
    client.force_login(administrator)
    assert (
        text_of(client.get(run.get_absolute_url())).count("Nobody else is possible, or nothing is known") == 2
    )
    PlannedFixture.objects.filter(pk=row.pk).update(alternatives={}, fixed=True)
    text = text_of(client.get(run.get_absolute_url()))
    assert "could have met" not in text
    assert "whom else" not in text


def test_an_opponent_whose_request_is_gone_is_left_out(client, run, administrator):
    _, c, d = planned(run)
    name = str(c.team)
    c.delete()
    client.force_login(administrator)
    text = text_of(client.get(run.get_absolute_url()))
    assert name not in text
    assert str(d.team) in text


def queries_of(client, url) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_the_page_costs_the_same_queries_however_many_rows(client, run, administrator):
    client.force_login(administrator)
    counts = []
    for more in (1, 11):
        for _ in range(more):
            row, _, _ = planned(run)
        MatchRun.objects.filter(pk=run.pk).update(report=report_of(*[row] * more))
        counts.append(queries_of(client, run.get_absolute_url()))
    assert counts[0] == counts[1]


# -- blocking pairs


def report_of(*rows, count=None):
    listed = [
        {"host": str(row.host_id), "guest": str(row.guest_id), "date": DAY.isoformat(), "quality": 900,
         "host_gain": 415, "guest_gain": 52}
        for row in rows
    ]  # fmt: skip
    return {"blocking": {"count": len(rows) if count is None else count, "listed": listed}}


def test_administrators_see_who_would_rather_meet(client, run, administrator):
    row, _, _ = planned(run)
    MatchRun.objects.filter(pk=run.pk).update(report=report_of(*[row] * 25, count=1291))
    client.force_login(administrator)
    text = text_of(client.get(run.get_absolute_url()))
    a, b = row.host.team, row.guest.team
    line = f"<b>{a} – {b}</b>, Saturday, 6 March 2027 · 900 points: {a} would gain 415, {b} 52."
    assert text.count(line) == PAIRS_SHOWN == 20
    assert "and 1,271 more" in text
    assert "That is no fault" in text


def test_no_blocking_pairs_are_told_as_none(client, run, administrator):
    MatchRun.objects.filter(pk=run.pk).update(report=report_of())
    client.force_login(administrator)
    assert "None: no two teams would both rather meet" in text_of(client.get(run.get_absolute_url()))


def test_where_they_were_not_counted_or_are_no_ones_business_nothing_is_said(client, run, administrator):
    row, _, _ = planned(run)
    client.force_login(administrator)
    assert "would rather meet" not in text_of(client.get(run.get_absolute_url()))
    MatchRun.objects.filter(pk=run.pk).update(report=report_of(row))
    client.force_login(coordinator_of(row.guest.team.club.university))
    assert "would rather meet" not in text_of(client.get(run.get_absolute_url()))


# -- shown on the page of a fixture


@pytest.fixture
def published(run):
    row, c, d = planned(run)
    fixture = FixtureFactory(
        season=run.season, run=run, host_request=row.host, guest_request=row.guest, date=DAY,
        state=FixtureState.CONFIRMED,
    )  # fmt: skip
    return fixture, c, d


def test_an_officer_sees_the_alternatives_of_the_own_side(client, published):
    fixture, c, d = published
    for side, mine, theirs in ((fixture.host, c, d), (fixture.guest, d, c)):
        client.force_login(MembershipFactory(club=side.club).user)
        text = text_of(client.get(fixture.get_absolute_url()))
        assert f"{side} could have met, instead of" in text
        assert str(mine.team) in text
        assert str(theirs.team) not in text


def test_administrators_see_both_and_the_public_none(client, published, administrator):
    fixture, c, d = published
    for reader in (None, UserFactory()):
        if reader:
            client.force_login(reader)
        text = text_of(client.get(fixture.get_absolute_url()))
        assert "could have met" not in text
        assert str(c.team) not in text
        assert str(d.team) not in text
    client.force_login(administrator)
    text = text_of(client.get(fixture.get_absolute_url()))
    assert str(c.team) in text
    assert str(d.team) in text


def test_sides_are_those_one_acts_for(published, administrator):
    fixture, _, _ = published
    assert access.sides_of(AnonymousUser(), fixture) == ()
    assert access.sides_of(UserFactory(), fixture) == ()
    assert access.sides_of(MembershipFactory(club=fixture.guest.club).user, fixture) == (Side.GUEST,)
    assert access.sides_of(administrator, fixture) == (Side.HOST, Side.GUEST)


# -- the funnel


REASON = {
    "code": "all_busy",
    "params": {"in_category": 214, "abroad": 210, "common_date": 31, "within_reach": 6, "balanced": 6,
               "willing": 5, "movable": 5, "free": 0, "placed": 0, "km": 250.0},
}  # fmt: skip
STEPS = (
    "214 other teams ask in this category.",
    "210 of them are of other universities.",
    "31 of them have a day in common.",
    "6 of these are within reach; this team travels 250 km at most.",
    "5 of these would play against this team.",
    "All of these play someone else then",
    "Travelling 40 km further would add 3 possible opponents.",
)


def test_the_funnel_stands_on_the_page_of_the_run_and_on_the_officer_s(client, run, administrator):
    request = FixtureRequestFactory(season=run.season)
    advice = {"code": "travel_further", "params": {"km": 40, "opponents": 3}}
    UnservedRequest.objects.create(run=run, request=request, reason=REASON, advice=advice)
    run.season.published_run = run
    run.season.save()
    client.force_login(administrator)
    pages = [text_of(client.get(run.get_absolute_url(), {"show": "unserved"}))]
    client.force_login(MembershipFactory(club=request.team.club).user)
    pages.append(text_of(client.get(request.get_absolute_url())))
    for text in pages:
        places = [text.index(step) for step in STEPS]
        assert places == sorted(places)
