"""Who may do what with clubs, requests, runs, invitations and fixtures.

Every `…_for` returns what the person may see or raises Http404: what is not yours does not exist.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from exchange.enums import FIXTURE_PUBLIC, Actor, Side
from exchange.models import (
    Club,
    ClubPage,
    Fixture,
    FixtureRequest,
    Invitation,
    MatchRun,
    Membership,
    Team,
    TeamContact,
    Venue,
)
from portal.access import Person, coordinated_universities, coordinates_any, is_administrator


def acting_clubs(person: Person) -> QuerySet[Club]:
    """Clubs `person` may act for: as their officer, as the coordinator of their university."""
    if not person.is_authenticated:
        return Club.objects.none()
    return Club.objects.filter(
        Q(pk__in=Membership.objects.filter(user=person).values("club"))
        | Q(university__in=coordinated_universities(person)),
        # Nobody acts for a university that has left, until it is taken back.
        university__joined_at__isnull=False,
    )


def acting_teams(person: Person) -> QuerySet[Team]:
    return Team.objects.filter(club__in=acting_clubs(person))


def club_for(person: Person, pk: int) -> Club:
    return get_object_or_404(acting_clubs(person).select_related("university"), pk=pk)


def team_of(club: Club, pk: int) -> Team:
    return get_object_or_404(club.teams.all(), pk=pk)


def _is_public() -> Q:
    """A team's club has a live page, or it has a fixture that is public."""
    fixtures = Fixture.objects.filter(state__in=FIXTURE_PUBLIC)
    return (
        Q(club__in=ClubPage.objects.live().values("club"))
        | Q(pk__in=fixtures.values("host"))
        | Q(pk__in=fixtures.values("guest"))
    )


def public_teams() -> QuerySet[Team]:
    """Those that visitors may see."""
    return Team.objects.filter(_is_public())


def public_team_for(person: Person, pk: int) -> Team:
    """Public once the club has a page or the team a fixture that is; before that, for who acts for it."""
    shown = (
        Team.objects.all()
        if is_administrator(person)
        else Team.objects.filter(_is_public() | Q(pk__in=acting_teams(person).values("pk")))
    )
    return get_object_or_404(shown.select_related("club__university", "home_venue"), pk=pk)


def contact_of(team: Team, pk: int) -> TeamContact:
    return get_object_or_404(team.contacts.select_related("team"), pk=pk)


def public_club_for(person: Person, pk: int) -> Club:
    """Public once it has a page; before that, for who acts for it."""
    public = Q(pk__in=ClubPage.objects.live().values("club"))
    clubs = Club.objects.filter(public | Q(pk__in=acting_clubs(person).values("pk")))
    return get_object_or_404(clubs.select_related("university"), pk=pk)


def venue_of(club: Club, pk: int) -> Venue:
    """Venues are shared by the clubs of a university; any of them keeps their facts right."""
    return get_object_or_404(Venue.objects.filter(university=club.university_id), pk=pk)


def membership_of(club: Club, pk: int) -> Membership:
    return get_object_or_404(club.memberships.select_related("user"), pk=pk)


def may_found_clubs(person: Person) -> bool:
    return coordinates_any(person)


def may_rate(person: Person) -> bool:
    return is_administrator(person)


def may_plan_seasons(person: Person) -> bool:
    return is_administrator(person)


def requests_of(person: Person) -> QuerySet[FixtureRequest]:
    return FixtureRequest.objects.filter(team__in=acting_teams(person))


def request_for(person: Person, pk: int) -> FixtureRequest:
    return get_object_or_404(requests_of(person).select_related("team__club__university", "season"), pk=pk)


def invitations_of(person: Person) -> QuerySet[Invitation]:
    return Invitation.objects.filter(team__in=acting_teams(person))


def invitation_for(person: Person, pk: int) -> Invitation:
    return get_object_or_404(invitations_of(person), pk=pk)


def visible_fixtures(person: Person) -> QuerySet[Fixture]:
    """What both clubs have agreed on once is public; the rest is seen by the clubs it concerns."""
    public = Q(state__in=FIXTURE_PUBLIC)
    if not person.is_authenticated:
        return Fixture.objects.filter(public)
    if is_administrator(person):
        return Fixture.objects.all()
    mine = acting_teams(person).values("pk")
    return Fixture.objects.filter(public | Q(host__in=mine) | Q(guest__in=mine))


def fixture_for(person: Person, pk: int) -> Fixture:
    return get_object_or_404(visible_fixtures(person), pk=pk)


def acts_in(person: Person, fixture: Fixture) -> bool:
    """Whether `person` may act for one of its sides."""
    return acting_teams(person).filter(pk__in=(fixture.host_id, fixture.guest_id)).exists()


def sides_of(person: Person, fixture: Fixture) -> tuple[Side, ...]:
    """The sides that `person` may act for; both for administrators, who see what either does."""
    if is_administrator(person):
        return tuple(Side)
    teams = {Side.HOST: fixture.host_id, Side.GUEST: fixture.guest_id}
    theirs = set(acting_teams(person).filter(pk__in=teams.values()).values_list("pk", flat=True))
    return tuple(side for side, team in teams.items() if team in theirs)


def actors_of(person: Person, fixture: Fixture) -> tuple[Actor, ...]:
    """As whom `person` may move this fixture."""
    if not person.is_authenticated:
        return ()
    teams = acting_teams(person).filter(pk__in=(fixture.host_id, fixture.guest_id))
    mine = set(teams.values_list("pk", flat=True))
    sides = ((Actor.HOST, fixture.host_id), (Actor.GUEST, fixture.guest_id))
    actors = tuple(actor for actor, team in sides if team in mine)
    return (*actors, Actor.ADMINISTRATOR) if is_administrator(person) else actors


def may_start_runs(person: Person) -> bool:
    return is_administrator(person) or coordinates_any(person)


def may_publish_runs(person: Person) -> bool:
    return is_administrator(person)


def may_see_whole_runs(person: Person) -> bool:
    """Every row and the snapshot; coordinators see the figures of a run and the rows of their university."""
    return is_administrator(person)


def runs_of(person: Person) -> QuerySet[MatchRun]:
    return MatchRun.objects.all() if may_start_runs(person) else MatchRun.objects.none()


def run_for(person: Person, pk: int) -> MatchRun:
    return get_object_or_404(runs_of(person).select_related("season", "asked_by"), pk=pk)
