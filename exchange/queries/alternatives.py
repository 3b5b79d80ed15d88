"""Whom the sides of a fixture could have met instead, and who would rather meet: names for stored ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from exchange.enums import Side
from exchange.models import Fixture, FixtureRequest, MatchRun, PlannedFixture, Team

#: Blocking pairs shown on the page of a run; all are counted.
PAIRS_SHOWN = 20

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Opponent:
    """Somebody else; `at_home` when the side itself would host. `told` as the engine told it."""

    team: Team
    at_home: bool
    date: date
    told: Facts


@dataclass(frozen=True, slots=True)
class Instead:
    """One side of a planned fixture, and whom it could have met instead of `met`, the cheapest first."""

    side: Team
    met: Team
    opponents: tuple[Opponent, ...]


@dataclass(frozen=True, slots=True)
class Rather:
    """Two who would rather meet than play what the plan gives them, and what each would gain."""

    host: Team
    guest: Team
    date: date
    told: Facts


@dataclass(frozen=True, slots=True)
class Blocking:
    count: int
    pairs: tuple[Rather, ...]

    @property
    def more(self) -> int:
        return self.count - len(self.pairs)


def with_alternatives(
    planned: Iterable[PlannedFixture], *, shown_to: Collection[int] | None
) -> list[PlannedFixture]:
    """Gives each row `instead`, one entry a side that has been told any alternatives (1 query for all rows).

    `shown_to` are universities: a side of another one is left out. All are shown with None.
    """
    rows = list(planned)
    lists = [told for row in rows for told in row.alternatives.values()]
    teams = _teams({ends for told in lists for other in told for ends in _ends(other)})
    for row in rows:
        sides = {Side.HOST: row.host.team, Side.GUEST: row.guest.team}
        seen = [
            side
            for side, team in sides.items()
            if side in row.alternatives and (shown_to is None or team.club.university_id in shown_to)
        ]
        row.instead = [_instead(row, side, teams) for side in seen]
    return rows


def alternatives_of(fixture: Fixture, sides: Collection[Side]) -> list[Instead]:
    """Of a published fixture, for some of its sides (2 queries, or none without sides)."""
    if not sides:
        return []
    planned = PlannedFixture.objects.filter(
        run=fixture.run_id, host=fixture.host_request_id, guest=fixture.guest_request_id
    )
    row = planned.select_related("host__team", "guest__team").first()
    if row is None:
        return []
    told = [row.alternatives[side] for side in sides if side in row.alternatives]
    teams = _teams({ends for others in told for other in others for ends in _ends(other)})
    return [_instead(row, side, teams) for side in Side if side in sides and side in row.alternatives]


def blocking_of(run: MatchRun) -> Blocking | None:
    """The first blocking pairs of a run; None where they were not counted (1 query)."""
    told = run.report.get("blocking")
    if told is None:
        return None
    listed = told["listed"][:PAIRS_SHOWN]
    teams = _teams({ends for pair in listed for ends in _ends(pair)})
    pairs = (
        Rather(teams[host], teams[guest], date.fromisoformat(pair["date"]), pair)
        for pair in listed
        for host, guest in [_ends(pair)]
        if host in teams and guest in teams
    )
    return Blocking(told["count"], tuple(pairs))


def _instead(row: PlannedFixture, side: Side, teams: Mapping[int, Team]) -> Instead:
    own, other = (row.host, row.guest) if side == Side.HOST else (row.guest, row.host)
    opponents = []
    for told in row.alternatives[side]:
        host, guest = _ends(told)
        at_home = host == own.pk
        # A request may have been taken back since.
        if team := teams.get(guest if at_home else host):
            opponents.append(Opponent(team, at_home, date.fromisoformat(told["date"]), told))
    return Instead(own.team, other.team, tuple(opponents))


def _ends(told: Facts) -> tuple[int, int]:
    return int(told["host"]), int(told["guest"])


def _teams(requests: Collection[int]) -> dict[int, Team]:
    """By request, with what a line about a team shows."""
    found = FixtureRequest.objects.filter(pk__in=requests).select_related("team__club__university")
    return {request.pk: request.team for request in found} if requests else {}
