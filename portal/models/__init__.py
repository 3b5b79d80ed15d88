from .agreements import Agreement
from .events import Event
from .inbound import InboundMail, Suppression
from .joining import Departure, JoinRequest
from .news import ArticlePage, NewsIndexPage
from .notices import DigestEntry, NoticeChoice
from .outbox import OutboxAttempt, OutboxMessage
from .pages import HomePage, StandardPage, UniversityIndexPage, UniversityPage
from .search import SearchEntry
from .universities import University, UniversityGroup
from .users import User

__all__ = [
    "Agreement",
    "ArticlePage",
    "Departure",
    "DigestEntry",
    "Event",
    "HomePage",
    "InboundMail",
    "JoinRequest",
    "NewsIndexPage",
    "NoticeChoice",
    "OutboxAttempt",
    "OutboxMessage",
    "SearchEntry",
    "StandardPage",
    "Suppression",
    "University",
    "UniversityGroup",
    "UniversityIndexPage",
    "UniversityPage",
    "User",
]
