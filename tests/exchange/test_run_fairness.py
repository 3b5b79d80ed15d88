"""Who gets what, on the page of a run: figures for every coordinator, names for those whom they concern."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from exchange.actions.runs import compute_run
from exchange.enums import DayUse, RunState
from exchange.models import MatchRun
from tests.factories import FixtureRequestFactory, MatchRunFactory, SeasonFactory, UserFactory

from .life import FIRST_DAY, NOW
from .looking import coordinator_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def administrator():
    return UserFactory(is_superuser=True, is_staff=True)


@pytest.fixture
def requests():
    """Two that can meet, asked 9 and 3 days ago, and one that can play on no day, asked 41 days ago."""
    season = SeasonFactory()
    days = {FIRST_DAY: DayUse.BOTH}
    rows = [FixtureRequestFactory(season=season, days=days, wanted=2, created_at=ago(n)) for n in (9, 3)]
    return [*rows, FixtureRequestFactory(season=season, days={}, created_at=ago(41))]


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


@pytest.fixture
def run(requests):
    run = MatchRunFactory(season=requests[0].season, state=RunState.QUEUED)
    compute_run(run_id=run.pk, now=NOW)
    return MatchRun.objects.get(pk=run.pk)


def shown(client, run) -> str:
    return text_of(client.get(run.get_absolute_url(), {"show": "fairness"}))


def plot(text: str, title: str) -> list[tuple[str, ...]]:
    """Rows of the table that is the plot: label, number at the bar, what it is made of."""
    table = text.split(f"<caption>{title}</caption>")[1].split("</tbody>")[0]
    row = re.compile(
        r'<tr> <th scope="row">(.*?)</th> <td><svg role="img" aria-label="(.*?)">'
        r'<rect width="([\d.]+%)" .*?>(.*?)</text></svg></td> <td class="number">(.*?)</td> </tr>'
    )
    found = row.findall(table)
    assert len(found) == table.count('scope="row"')
    return found


def test_a_computed_run_keeps_its_report(run):
    assert (run.state, run.served) == (RunState.PUBLISHED, 2)
    report = run.report["fairness"]
    assert report["format"] == "exchange-fairness/1"
    assert report["total"] == {"key": [], "requests": 3, "served": 2, "wanted": 5, "given": 2}


def test_plots_are_tables_with_their_numbers(client, run, administrator):
    client.force_login(administrator)
    text = shown(client, run)
    waited = [(label, number, width) for label, number, width, _, _ in plot(text, "Served, by days waited")]
    assert waited == [("3", "100 %", "100.0%"), ("9", "100 %", "100.0%"), ("41", "0 %", "0.0%")]
    ((country, number, width, inside, made_of),) = plot(text, "Served, by country")
    assert (country, number, width, made_of) == ("Belarus", "67 %", "66.7%", "2 of 3")
    assert inside.endswith(">67 %")
    assert plot(text, "Served, by sport")[0][0] == "Basketball"
    assert plot(text, "Served, by sport and category")[0][0] == "Basketball, Men"
    balance = plot(text, "Home and away games of a team")
    assert [(label, number, share) for label, number, _, _, share in balance] == [
        ("1 more away", "1", "50 %"),
        ("1 more at home", "1", "50 %"),
    ]
    assert "of the games wanted: 2 of 5" in text
    assert "style=" not in text


def test_administrators_read_who_has_waited_longest(client, run, requests, administrator):
    client.force_login(administrator)
    text = shown(client, run)
    for request, days in ((requests[2], 41), (requests[0], 9)):
        assert f"{days} days · <b>{request.team}</b>, {request.team.club.university}" in text


def test_coordinators_read_the_days_of_all_and_the_names_of_their_own(client, run, requests):
    client.force_login(coordinator_of(requests[0].team.club.university))
    text = shown(client, run)
    assert f"9 days · <b>{requests[0].team}</b>" in text
    assert re.search(r"<dd> 41 days ?</dd>", text)
    assert str(requests[2].team) not in text
    assert plot(text, "Served, by country")[0][4] == "2 of 3"


def test_countries_are_named_in_the_readers_language(client, run, administrator):
    client.force_login(administrator)
    client.post("/language/setlang/", {"language": "ru", "next": "/"})
    text = shown(client, run)
    assert '<th scope="row">Беларусь</th>' in text
    # Lengths of bars are for SVG, which knows no decimal comma.
    assert '<rect width="66.7%"' in text


@pytest.mark.parametrize("report", [{}, {"fairness": {"format": "exchange-fairness/9"}}])
def test_a_run_without_a_report_that_can_be_read_says_so(client, run, administrator, report):
    MatchRun.objects.update(report=report)
    client.force_login(administrator)
    assert "This run was made before there were reports." in shown(client, run)


def test_a_plan_without_fixtures_has_figures_too(client, administrator):
    season = SeasonFactory()
    FixtureRequestFactory(season=season, days={}, created_at=ago(1))
    run = MatchRunFactory(season=season, state=RunState.QUEUED)
    compute_run(run_id=run.pk, now=NOW)
    client.force_login(administrator)
    text = shown(client, run)
    assert [row[1] for row in plot(text, "Served, by days waited")] == ["0 %"]
    assert "Trips of guests" not in text


@pytest.mark.parametrize("count", [1, 30])
def test_the_report_costs_the_same_queries(client, administrator, count, django_assert_num_queries):
    season = SeasonFactory()
    for _ in range(count):
        FixtureRequestFactory(
            season=season, days={FIRST_DAY: DayUse.BOTH}, created_at=datetime(2027, 1, 1, tzinfo=UTC)
        )
    run = MatchRunFactory(season=season, state=RunState.QUEUED)
    compute_run(run_id=run.pk, now=NOW)
    client.force_login(administrator)
    with django_assert_num_queries(7):
        client.get(run.get_absolute_url(), {"show": "fairness"})
