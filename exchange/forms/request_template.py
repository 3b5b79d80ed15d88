"""The empty request file that people fill in: one row for each of their teams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from exchange.models import Team
from portal.row_files import csv_file, xlsx_file

from .request_file import COLUMNS
from .request_rows import DEFAULTS

Line = list[str]


def csv_template(teams: list[Team]) -> bytes:
    return csv_file(_lines(teams))


def xlsx_template(teams: list[Team], opponents: Iterable[Team]) -> bytes:
    """A second sheet lists whom the teams could meet, with the numbers that `avoid` and `prefer` may name."""
    return xlsx_file({"requests": _lines(teams), "opponents": _opponents(opponents)})


def _lines(teams: list[Team]) -> Iterator[Line]:
    yield list(COLUMNS)
    named = Counter(team.name.casefold() for team in teams)
    for team in teams:
        cells = dict.fromkeys(COLUMNS, "") | DEFAULTS
        cells["team"] = team.name if named[team.name.casefold()] == 1 else str(team.pk)
        yield list(cells.values())


def _opponents(teams: Iterable[Team]) -> Iterator[Line]:
    yield ["number", "team", "club", "university", "city", "sport", "category"]
    for team in teams:
        club, university = team.club, team.club.university
        yield [
            str(team.pk),
            team.name,
            club.name,
            university.name,
            university.city,
            team.sport,
            team.category,
        ]
