"""Runs: figures for every coordinator, rows for those whom they concern, the rest for administrators."""

from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, date, datetime

import pytest
import time_machine

from exchange.actions.runs import compute_run
from exchange.enums import DayUse, RunState
from exchange.models import MatchRun, PlannedFixture, UnservedRequest
from tests.factories import (
    FixtureRequestFactory,
    MatchRunFactory,
    MembershipFactory,
    SeasonFactory,
    UserFactory,
)

from .looking import coordinator_of, text_of

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
RUNS = "/exchange/runs/"
TERMS = [
    {"name": "strength", "points": 512.4, "of": 600, "params": {"gap": 35}},
    {"name": "distance", "points": 348, "of": 400, "params": {"km": 42}},
    {"name": "prefer", "points": 0, "of": 100, "params": {"wished": 0}},
]
FIGURES = {
    "requests": 12,
    "served": 10,
    "served_bound": 10,
    "waiting_days": 1234,
    "waiting_days_bound": 1300,
    "quality": 23187,
    "quality_bound": 23187,
    "finished_at": NOW,
}

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


def planned(run, **facts):
    sides = [FixtureRequestFactory(season=run.season) for _ in range(2)]
    row = {"date": date(2027, 3, 6), "quality": 860, "distance_km": 42, "terms": TERMS}
    return PlannedFixture.objects.create(run=run, host=sides[0], guest=sides[1], **row | facts)


def unserved(run):
    reason = {"code": "no_category", "params": {"sport": "BKB", "category": "M"}}
    return UnservedRequest.objects.create(
        run=run, request=FixtureRequestFactory(season=run.season), reason=reason
    )


# -- who may look


@pytest.mark.parametrize("path", ["", "{pk}/", "{pk}/progress/", "{pk}/pool.json.gz"])
def test_officers_know_nothing_of_runs(client, run, path):
    url = RUNS + path.format(pk=run.pk)
    assert client.get(url).status_code == 302
    client.force_login(MembershipFactory().user)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("path", ["start/", "{pk}/publish/"])
def test_officers_start_and_publish_nothing(client, run, path):
    client.force_login(MembershipFactory().user)
    assert client.post(RUNS + path.format(pk=run.pk), {"season": run.season_id}).status_code == 404
    assert MatchRun.objects.count() == 1


def test_coordinators_see_the_figures_of_all_and_the_rows_of_their_university(client, run):
    mine, theirs = planned(run), planned(run)
    mine_unserved, theirs_unserved = unserved(run), unserved(run)
    university = mine.guest.team.club.university
    mine_unserved.request.team.club.university = university
    mine_unserved.request.team.club.save()
    client.force_login(coordinator_of(university))
    response = client.get(run.get_absolute_url())
    text = text_of(response)
    assert list(response.context["page_of_rows"]) == [mine]
    assert f"The figures are those of the whole run; the rows are those that concern {university}." in text
    for fact in (
        "of 12 requests served", "1,234", "of at most 1,300, proven: gap 5.1 %", "23,187",
        "of at most 23,187: <b>proven optimal</b>",
        "Rated 35 points apart: 512 of 600", "42 km apart: 348 of 400", "860 points",
    ):  # fmt: skip
        assert fact in text
    assert text.count("proven optimal") == 2
    assert str(theirs.host.team) not in text
    response = client.get(run.get_absolute_url(), {"show": "unserved"})
    assert list(response.context["page_of_rows"]) == [mine_unserved]
    assert str(theirs_unserved.request.team) not in text_of(response)
    assert client.get(f"{run.get_absolute_url()}pool.json.gz").status_code == 404


def test_administrators_see_all_rows_and_are_told_so(client, run, administrator):
    rows = [planned(run), planned(run)]
    client.force_login(administrator)
    response = client.get(run.get_absolute_url())
    assert list(response.context["page_of_rows"]) == rows
    assert "The figures and rows of all universities." in text_of(response)


def test_long_plans_have_pages(client, run, administrator):
    for _ in range(26):
        planned(run)
    client.force_login(administrator)
    assert len(client.get(run.get_absolute_url()).context["page_of_rows"]) == 25
    second = client.get(run.get_absolute_url(), {"show": "fixtures", "page": 2})
    assert len(second.context["page_of_rows"]) == 1
    assert "?show=fixtures&amp;page=1" in second.content.decode()


@pytest.mark.parametrize("count", [1, 25])
@pytest.mark.parametrize("part", ["fixtures", "unserved"])
def test_a_run_costs_the_same_queries(client, run, administrator, part, count, django_assert_num_queries):
    for _ in range(count):
        planned(run)
        unserved(run)
    client.force_login(administrator)
    with django_assert_num_queries(7):
        client.get(run.get_absolute_url(), {"show": part})


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_queries(client, season, administrator, count, django_assert_num_queries):
    MatchRunFactory.create_batch(count, season=season, asked_by=administrator, pool=b"x" * 1000)
    client.force_login(administrator)
    with django_assert_num_queries(7):
        client.get(RUNS)


# -- start, watch, publish


def asked(season):
    days = {date(2027, 3, 6): DayUse.BOTH, date(2027, 3, 7): DayUse.BOTH}
    return [FixtureRequestFactory(season=season, days=days) for _ in range(2)]


def test_a_coordinator_starts_a_run_and_watches_it(client, season):
    host, guest = asked(season)
    client.force_login(coordinator_of(host.team.club.university))
    response = client.post(f"{RUNS}start/", {"season": season.pk}, follow=True)
    run = MatchRun.objects.get()
    assert response.redirect_chain == [(run.get_absolute_url(), 302)]
    text = text_of(response)
    assert "The run waits for a worker." in text
    progress = f"{run.get_absolute_url()}progress/"
    assert f'hx-get="{progress}" hx-trigger="every 2s"' in text
    assert '<noscript><meta http-equiv="refresh" content="4"></noscript>' in text
    assert "HX-Refresh" not in client.get(progress).headers
    compute_run(run_id=run.pk, now=NOW)
    response = client.get(progress)
    assert response.headers["HX-Refresh"] == "true"
    assert "hx-get" not in response.content.decode()
    response = client.get(run.get_absolute_url())
    assert "published" in text_of(response)
    (row,) = response.context["page_of_rows"]
    assert {row.host, row.guest} == {host, guest}


@pytest.mark.parametrize(
    ("state", "progress", "sentence"),
    [
        (RunState.COMPUTING, {}, "All possible fixtures are listed."),
        (
            RunState.COMPUTING,
            {"stage": "first plan", "done": 0, "total": 0, "seconds": 1.2},
            "A first plan is made.",
        ),
        (
            RunState.COMPUTING,
            {
                "stage": "optimum",
                "done": 3,
                "total": 8,
                "seconds": 12.5,
                "objective": {"served": 9, "waiting_days": 100, "quality": 7000},
                "bound": {"served": 11, "waiting_days": 120, "quality": 9000},
            },
            'Looking for the best plan: 3 of 8 parts are proven. <span class="soft number">13 s</span>',
        ),
        (RunState.STAGED, {"stage": "optimum"}, "The plan is checked by a second program"),
    ],
)
def test_progress_is_told_in_words(client, season, administrator, state, progress, sentence):
    run = MatchRunFactory(season=season, state=state, progress=progress)
    client.force_login(administrator)
    text = text_of(client.get(f"{run.get_absolute_url()}progress/"))
    assert sentence in text
    assert ("The best plan so far" in text) == ("objective" in progress)
    assert "hx-get" in text


def row_of(text: str, name: str) -> list[str]:
    """Cells of the table row that `name` begins."""
    cells = text.split(f'<th scope="row">{name}</th>')[1].split("</tr>")[0]
    return [re.sub("<[^>]+>", "", cell).strip() for cell in cells.split("</td>")[:-1]]


def test_each_figure_so_far_stands_beside_its_bound(client, season, administrator):
    progress = {
        "stage": "optimum",
        "done": 1200,
        "total": 8000,
        "objective": {"served": 990, "waiting_days": 58600, "quality": 499000},
        "bound": {"served": 990, "waiting_days": 58693, "quality": 500000},
    }
    run = MatchRunFactory(season=season, state=RunState.COMPUTING, progress=progress)
    client.force_login(administrator)
    text = text_of(client.get(f"{run.get_absolute_url()}progress/"))
    assert '<progress aria-labelledby="run-state" max="8000" value="1200">' in text
    assert row_of(text, "Requests served") == ["990", "990", "proven"]
    assert row_of(text, "Days they have waited") == ["58,600", "58,693", "0.16 %"]
    assert row_of(text, "Points of quality") == ["499,000", "500,000", "0.20 %"]


def test_screen_readers_are_told_of_a_new_stage_only(client, season, administrator):
    run = MatchRunFactory(season=season, state=RunState.COMPUTING, progress={"stage": "first plan"})
    client.force_login(administrator)
    page = text_of(client.get(run.get_absolute_url()))
    assert '<div class="visually-hidden" id="run-news" role="status"></div>' in page
    assert """hx-vals='{"heard": "computing: first plan"}'""" in page
    progress = f"{run.get_absolute_url()}progress/"
    assert "run-news" not in text_of(client.get(progress, {"heard": "computing: first plan"}))
    news = '<p id="run-news" hx-swap-oob="innerHTML">'
    assert f"{news} A first plan is made." in text_of(client.get(progress, {"heard": "queued: "}))


def test_why_no_run_can_start_is_told(client, season, administrator):
    client.force_login(administrator)
    text = text_of(client.post(f"{RUNS}start/", {"season": season.pk}, follow=True))
    assert "Nobody asks for fixtures in Spring 2027 yet." in text
    asked(season)
    client.post(f"{RUNS}start/", {"season": season.pk})
    text = text_of(client.post(f"{RUNS}start/", {"season": season.pk}, follow=True))
    assert "A run of Spring 2027 is already on its way" in text
    assert MatchRun.objects.count() == 1
    text = text_of(client.post(f"{RUNS}start/", {"season": "0"}, follow=True))
    assert "Choose a season that is not over." in text


def test_a_run_waits_for_an_administrator_where_the_season_says_so(client, administrator):
    season = SeasonFactory(publishes_itself=False)
    host, _guest = asked(season)
    run = MatchRunFactory(season=season, state=RunState.QUEUED)
    compute_run(run_id=run.pk, now=NOW)
    publish = f"{run.get_absolute_url()}publish/"
    client.force_login(coordinator_of(host.team.club.university))
    assert "Publish and invite" not in text_of(client.get(run.get_absolute_url()))
    assert client.post(publish).status_code == 404
    client.force_login(administrator)
    assert "Publish and invite" in text_of(client.get(run.get_absolute_url()))
    assert client.get(publish)["Location"] == run.get_absolute_url()
    text = text_of(client.post(publish, follow=True))
    assert "The run is published; invitations are on their way." in text
    assert "Publish and invite" not in text
    assert season.fixtures.count() == 1


def test_a_refusal_to_publish_is_shown(client, season, administrator):
    run = MatchRunFactory(season=season, state=RunState.FAILED)
    client.force_login(administrator)
    text = text_of(client.post(f"{run.get_absolute_url()}publish/", follow=True))
    assert "This run cannot be published: failed." in text


def test_a_failed_run_says_what_stands(client, season, administrator):
    failure = "Three workers died over this run, so it was given up."
    run = MatchRunFactory(season=season, state=RunState.FAILED, failure=failure)
    client.force_login(administrator)
    text = text_of(client.get(run.get_absolute_url()))
    assert failure in text
    assert "Requests and fixtures are as they were." in text


def test_administrators_take_the_pool_home(client, season, administrator):
    asked(season)
    run = MatchRunFactory(season=season, state=RunState.QUEUED)
    client.force_login(administrator)
    pool = f"{run.get_absolute_url()}pool.json.gz"
    assert client.get(pool).status_code == 404
    compute_run(run_id=run.pk, now=NOW)
    assert pool in client.get(run.get_absolute_url()).content.decode()
    response = client.get(pool)
    assert response.headers["Content-Disposition"] == f'attachment; filename="pool-{run.pk}.json.gz"'
    document = json.loads(gzip.decompress(response.content))
    assert (document["format"], len(document["requests"])) == ("exchange-pool/1", 2)
