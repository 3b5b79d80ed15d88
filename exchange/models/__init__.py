from .clubs import Club, Membership, Team, Venue
from .fixtures import Fixture, Occupancy
from .invitations import Invitation
from .pages import ClubIndexPage, ClubPage
from .requests import FixtureRequest, ForbiddenPair, RequestDay
from .runs import MatchRun, PlannedFixture, RunComponent, UnservedRequest
from .seasons import Season

__all__ = [
    "Club",
    "ClubIndexPage",
    "ClubPage",
    "Fixture",
    "FixtureRequest",
    "ForbiddenPair",
    "Invitation",
    "MatchRun",
    "Membership",
    "Occupancy",
    "PlannedFixture",
    "RequestDay",
    "RunComponent",
    "Season",
    "Team",
    "UnservedRequest",
    "Venue",
]
