"""Rows of a request file → requests to file. The form of the page judges each row; all faults are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from exchange.actions.requests import Wish
from exchange.enums import DayUse
from exchange.models import FixtureRequest, Season, Team
from exchange.queries.requests import RequestScope, opponents_among, today_at
from portal.row_files import Fault

from .request_file import Row
from .requests import RequestForm
from .written_dates import read_dates

#: Filled in where a row leaves them empty.
DEFAULTS = {
    name: str(RequestForm.base_fields[name].initial)
    for name in ("wanted", "min_rest_days", "max_distance_km")
}


Key = tuple[int, str, str]  # university, sport and category of a team


@dataclass(frozen=True, slots=True)
class Judged:
    wishes: list[Wish] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class Names:
    """Teams by what a file calls them: the name, or the number where several share a name."""

    def __init__(self, teams: Iterable[Team]) -> None:
        self._named: defaultdict[str, list[Team]] = defaultdict(list)
        self._numbered: dict[str, Team] = {}
        for team in teams:
            self._named[team.name.casefold()].append(team)
            self._numbered[str(team.pk)] = team

    def find(self, said: str) -> Team:
        """Raises ValueError with a sentence."""
        named = self._named.get(said.casefold(), [])
        if len(named) > 1:
            raise ValueError(_("several teams are called “%s”; write the team's number instead") % said[:80])
        team = named[0] if named else self._numbered.get(said)
        if team is None:
            raise ValueError(_("unknown team “%s”") % said[:80])
        return team


class Register:
    """What is known before the first row is read, and which rows have spoken for which team (2 queries)."""

    def __init__(self, *, season: Season, teams: list[Team], now: datetime) -> None:
        self.season, self.now = season, now
        self._mine = Names(teams)
        self._opponents = opponents_among(teams)
        self._rivals: dict[Key, Names] = {}
        self._asked = set(
            FixtureRequest.objects.filter(season=season, team__in=teams).values_list("team", flat=True)
        )
        self._rows: dict[int, int] = {}

    def team_of(self, row: Row) -> Team:
        """Raises ValueError with a sentence."""
        if not row.cells["team"]:
            raise ValueError(_("no team is named"))
        team = self._mine.find(row.cells["team"])
        if team.pk in self._asked:
            raise ValueError(_("%s has already asked in this season; change that request on its page") % team)
        if earlier := self._rows.get(team.pk):
            raise ValueError(_("%(team)s stands already in row %(row)s") % {"team": team, "row": earlier})
        self._rows[team.pk] = row.number
        return team

    def scope_of(self, team: Team) -> RequestScope:
        return RequestScope(self.season, team, self._opponents[_key(team)], today_at(team, self.now))

    def rivals_of(self, team: Team) -> Names:
        key = _key(team)
        if key not in self._rivals:
            self._rivals[key] = Names(self._opponents[key].teams.values())
        return self._rivals[key]


def _key(team: Team) -> Key:
    return team.club.university_id, team.sport, team.category


class Cells:
    """One row as the form expects it, with the faults of cells that no form could take."""

    def __init__(self, row: Row, rivals: Names) -> None:
        self._row, self._rivals = row, rivals
        self.faults: list[Fault] = []
        self._host = self._dates("host_dates")
        self._travel = self._dates("travel_dates")
        self._teams = {column: self._found(column) for column in ("avoid", "prefer")}

    def posted(self) -> dict[str, object]:
        """The row as if the page's form had sent it."""
        said = {name: self._row.cells[name] for name in ("max_rating_gap", "notes")}
        said |= {name: self._row.cells[name] or default for name, default in DEFAULTS.items()}
        days = {f"days-{day}": self._use(day) for day in self._host | self._travel}
        return {**said, **days, **self._teams}

    def blame(self, form: RequestForm) -> None:
        """Adds the form's errors under the columns they come from, unless these are known to be faulty."""
        faulty = {fault.column for fault in self.faults}
        for name, errors in form.errors.as_data().items():
            for error in errors:
                column = self._column(name, error.code or "")
                if faulty.isdisjoint(column.split(", ")):
                    self._fault(column, error.messages[0])

    def _fault(self, column: str, text: str) -> None:
        self.faults.append(Fault(self._row.number, column, text))

    def _dates(self, column: str) -> set[date]:
        days, faults = read_dates(self._row.cells[column])
        for text in faults:
            self._fault(column, text)
        return days

    def _found(self, column: str) -> list[str]:
        found = []
        for name in filter(None, map(str.strip, self._row.cells[column].split(";"))):
            try:
                found.append(str(self._rivals.find(name).pk))
            except ValueError as fault:
                self._fault(column, str(fault))
        return found

    def _use(self, day: date) -> str:
        if day in self._host:
            return DayUse.BOTH if day in self._travel else DayUse.HOST
        return DayUse.TRAVEL

    def _column(self, field: str, code: str) -> str:
        if field != "days":
            return field
        if code in {day.isoformat() for day in self._host}:
            return "host_dates"
        return (
            "travel_dates"
            if code in {day.isoformat() for day in self._travel}
            else "host_dates, travel_dates"
        )


def judge(rows: list[Row], register: Register) -> Judged:
    """No query a row."""
    judged = Judged()
    for row in rows:
        try:
            team = register.team_of(row)
        except ValueError as fault:
            judged.faults.append(Fault(row.number, "team", str(fault)))
            continue
        cells = Cells(row, register.rivals_of(team))
        form = RequestForm(cells.posted(), scope=register.scope_of(team))
        cells.blame(form)
        if cells.faults:
            judged.faults.extend(cells.faults)
        else:
            judged.wishes.append(form.wish())
    return judged
