from .calls import Call, Interest, InterestMessage
from .found import Fingerprint, SavedSearch, Suggestion, ToldProject
from .outputs import Output
from .pages import ProjectIndexPage, ProjectPage
from .people import Member, ResearcherProfile
from .profiles import ProfileFacet, ResearcherMessage
from .projects import Facet, Grant, OutsideParty, Participation, Project
from .records import Record
from .space import Decision, Milestone, ProjectSpace

__all__ = [
    "Call",
    "Decision",
    "Facet",
    "Fingerprint",
    "Grant",
    "Interest",
    "InterestMessage",
    "Member",
    "Milestone",
    "Output",
    "OutsideParty",
    "Participation",
    "ProfileFacet",
    "Project",
    "ProjectIndexPage",
    "ProjectPage",
    "ProjectSpace",
    "Record",
    "ResearcherMessage",
    "ResearcherProfile",
    "SavedSearch",
    "Suggestion",
    "ToldProject",
]
