"""Each club has an officer of its own; two of the demonstration's people act for clubs that may meet."""

from __future__ import annotations

from exchange.models import Club, Membership
from portal.demo.people import HOME, People, add_people
from portal.demo.types import DemoContent
from portal.models import User


def add_officers(content: DemoContent, clubs: dict[str, Club], people: People) -> dict[str, User]:
    """The clubs' own officers by the key of the club."""
    officers = {club.key: User(email=club.email) for club in content.clubs}
    for officer in officers.values():
        officer.set_unusable_password()
    add_people(list(officers.values()))
    home = [club.key for club in content.clubs if club.university == HOME]
    acts_for = [
        *((officer, key) for key, officer in officers.items()),
        *((people.officer, key) for key in home),
        *((people.guest_officer, key) for key in _rivals(content, set(home))),
    ]
    Membership.objects.bulk_create(Membership(user=user, club=clubs[key]) for user, key in acts_for)
    return officers


def _rivals(content: DemoContent, home: set[str]) -> list[str]:
    """Clubs of the same country with a team that asks for what a team of `home` asks for."""
    asking = {request.team for request in content.requests}
    fields: dict[str, set[tuple[str, str]]] = {club.key: set() for club in content.clubs}
    for team in content.teams:
        if team.key in asking:
            fields[team.club].add((team.sport, team.category))
    wanted = set().union(*(fields[key] for key in home))
    countries = {one.ror: one.country for one in content.universities}
    return [
        club.key
        for club in content.clubs
        if club.key not in home
        and countries[club.university] == countries[HOME]
        and fields[club.key] & wanted
    ]
