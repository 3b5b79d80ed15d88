"""The demonstration's season that is over: played by the portal's own actions, and told to nobody."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from exchange.demo.last_season import play_last_season
from exchange.models import Fixture, RatingChange, Season
from portal.demo import seed as seeding
from portal.demo.generate import demo_content
from portal.models import DigestEntry, OutboxMessage
from tests.portal.test_demo_seed import NOW, of_country, small

pytestmark = pytest.mark.django_db


def test_a_season_that_is_over_has_results_ratings_and_no_mails():
    with small(of_country(demo_content(), "BY")):
        seeding.seed(NOW)
    coming = Season.objects.get()
    play_last_season(coming, now=NOW)
    over = Season.objects.exclude(pk=coming.pk).get()
    assert NOW.date() - over.ends >= timedelta(days=7)
    states = Counter(over.fixtures.values_list("state", flat=True))
    assert states["final"] >= 5
    assert set(states) <= {"final", "walkover", "cancelled"}
    assert RatingChange.objects.count() == 2 * states["final"]
    assert not OutboxMessage.objects.exists()
    assert not DigestEntry.objects.exists()
    games = list(over.fixtures.order_by("pk").values("pk", "state", "host", "guest"))
    play_last_season(coming, now=datetime(2026, 11, 25, tzinfo=UTC))
    assert list(Fixture.objects.order_by("pk").values("pk", "state", "host", "guest")) == games
