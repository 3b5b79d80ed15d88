"""Whom one side of a fixture may call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exchange.enums import FixtureState, Side
from exchange.models import Fixture, Team, TeamContact

#: Both have accepted, and there is still something to talk about.
SHARED = (
    FixtureState.CONFIRMED,
    FixtureState.POSTPONED,
    FixtureState.PLAYED,
    FixtureState.RESULT_ENTERED,
    FixtureState.DISPUTED,
)


@dataclass(frozen=True, slots=True)
class SideContacts:
    team: Team
    contacts: list[TeamContact]


def contacts_for(fixture: Fixture, sides: Iterable[Side]) -> list[SideContacts]:
    """For who acts for `sides`: their own, and the other side's once both have accepted (at most 1 query)."""
    own = {fixture.team_of(side).pk for side in sides}
    if not own:
        return []
    teams = [fixture.host, fixture.guest]
    shown = [team for team in teams if team.pk in own or fixture.state in SHARED]
    found = list(TeamContact.objects.filter(team__in=shown))
    by_team = [SideContacts(team, [one for one in found if one.team_id == team.pk]) for team in shown]
    return [side for side in by_team if side.contacts]
