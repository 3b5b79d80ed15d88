from .arrangements import Arrangements
from .clubs import Club, Membership, Team, Venue
from .contacts import ClubMessage, TeamContact
from .feeds import FeedKey
from .fixtures import Fixture, FixtureMove, Occupancy
from .invitations import Invitation
from .offers import DateOffer, OfferedDate
from .pages import ClubIndexPage, ClubPage
from .requests import FixtureRequest, ForbiddenPair, RequestDay
from .results import RatingChange, Result
from .runs import MatchRun, PlannedFixture, RunComponent, UnservedRequest
from .seasons import Season
from .venue_pages import VenueIndexPage, VenuePage

__all__ = [
    "Arrangements",
    "Club",
    "ClubIndexPage",
    "ClubMessage",
    "ClubPage",
    "DateOffer",
    "FeedKey",
    "Fixture",
    "FixtureMove",
    "FixtureRequest",
    "ForbiddenPair",
    "Invitation",
    "MatchRun",
    "Membership",
    "Occupancy",
    "OfferedDate",
    "PlannedFixture",
    "RatingChange",
    "RequestDay",
    "Result",
    "RunComponent",
    "Season",
    "Team",
    "TeamContact",
    "UnservedRequest",
    "Venue",
    "VenueIndexPage",
    "VenuePage",
]
