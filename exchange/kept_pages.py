"""Pages that show what clubs ask for and play are drawn anew once it has changed."""

from __future__ import annotations

from collections.abc import Iterable

from exchange.models import Fixture
from portal.models import UniversityPage
from portal.page_cache import facts_changed


def fixtures_changed(fixtures: Iterable[Fixture]) -> None:
    teams_changed(pk for fixture in fixtures for pk in (fixture.host_id, fixture.guest_id))


def teams_changed(teams: Iterable[int]) -> None:
    """What they ask for, when and where they play, how good they are."""
    concerned = set(teams)
    pages = UniversityPage.objects.filter(university__clubs__teams__in=concerned)
    facts_changed(lambda: pages.values_list("path", flat=True).distinct())
