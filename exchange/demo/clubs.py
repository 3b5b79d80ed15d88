from __future__ import annotations

from datetime import datetime

from django.utils.html import escape
from django_countries import countries

from exchange.actions.clubs import found_club
from exchange.models import Club, Team, Venue
from portal.demo.progress import each
from portal.demo.texts import club_intro
from portal.demo.types import DemoClub, DemoContent
from portal.models import University


def add_clubs(content: DemoContent, now: datetime) -> dict[str, Club]:
    """Clubs by their key."""
    universities = University.objects.in_bulk(field_name="ror")
    sports: dict[str, set[str]] = {club.key: set() for club in content.clubs}
    for team in content.teams:
        sports[team.club].add(team.sport)
    return {
        club.key: _found(club, universities[club.university], sports[club.key], now)
        for club in each(content.clubs, "Clubs")
    }


def _found(club: DemoClub, university: University, sports: set[str], now: datetime) -> Club:
    country = countries.name(university.country)
    intro = escape(club_intro(club.name, university.name, university.city, country, sports))
    return found_club(university=university, name=club.name, intro=f"<p>{intro}</p>", now=now)


def add_teams(content: DemoContent, clubs: dict[str, Club]) -> dict[str, Team]:
    """Teams by their key, each with a home venue."""
    venues = _add_venues(content, clubs)
    teams = {
        team.key: Team(
            club=clubs[team.club],
            sport=team.sport,
            category=team.category,
            name=team.name,
            rating=team.rating,
            rating_deviation=team.rating_deviation,
            home_venue=venues[team.venue],
        )
        for team in content.teams
    }
    Team.objects.bulk_create(teams.values())
    return teams


def _add_venues(content: DemoContent, clubs: dict[str, Club]) -> dict[str, Venue]:
    """Venues by their key; each stands where its university does."""
    venues = {}
    for venue in content.venues:
        university = clubs[venue.club].university
        venues[venue.key] = Venue(
            university=university,
            name=venue.name,
            hall=venue.kind == "hall",
            capacity=venue.capacity,
            lat=university.lat,
            lon=university.lon,
        )
    Venue.objects.bulk_create(venues.values())
    return venues
