"""Clubs with their people, teams and venues, and the requests of a season."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from exchange.actions.requests import file_request
from exchange.actions.seasons import save_season
from exchange.enums import DayUse
from exchange.models import Season, Team
from portal.demo.people import HOME, People
from portal.demo.progress import each
from portal.demo.requests import SEASON_END, SEASON_START
from portal.demo.types import DemoContent, DemoRequest

from .club_page import write_page
from .clubs import add_clubs, add_teams
from .officers import add_officers

#: Whole weeks, so that a Saturday stays a Saturday.
YEAR = timedelta(weeks=52)


def seed(*, content: DemoContent, people: People, since: datetime, now: datetime) -> None:
    clubs = add_clubs(content, since)
    teams = add_teams(content, clubs)
    officers = add_officers(content, clubs, people)
    for club in clubs.values():
        if club.university.ror == HOME:
            write_page(club, now=since)
    shift = _shift(now.date())
    season = save_season(season=_season(shift), now=now)
    clubs_of = {team.key: team.club for team in content.teams}
    for request in each(content.requests, "Requests"):
        file_request(
            season=season,
            team=teams[request.team],
            days=_days(request, shift),
            wanted=request.wanted,
            min_rest_days=request.min_rest_days,
            max_distance_km=request.max_distance_km,
            max_rating_gap=request.max_rating_gap,
            avoid=_teams(request.avoid, teams),
            prefer=_teams(request.prefer, teams),
            notes=request.note,
            by=officers[clubs_of[request.team]],
            now=now - timedelta(days=request.waiting_days),
        )


def _shift(today: date) -> timedelta:
    """Written for one season; begun later, the demonstration plays the same season of a later year."""
    shift = timedelta()
    while SEASON_START + shift <= today:
        shift += YEAR
    return shift


def _season(shift: timedelta) -> Season:
    starts = SEASON_START + shift
    return Season(name=f"Spring {starts.year}", starts=starts, ends=SEASON_END + shift)


def _days(request: DemoRequest, shift: timedelta) -> dict[date, DayUse]:
    host, travel = set(request.host_dates), set(request.travel_dates)
    days = dict.fromkeys(host, DayUse.HOST) | dict.fromkeys(travel, DayUse.TRAVEL)
    days |= dict.fromkeys(host & travel, DayUse.BOTH)
    return {day + shift: use for day, use in days.items()}


def _teams(keys: tuple[str, ...], teams: dict[str, Team]) -> list[Team]:
    return [teams[key] for key in keys]
