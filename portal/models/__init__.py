from .inbound import InboundMail, Suppression
from .notices import DigestEntry, NoticeChoice
from .outbox import OutboxAttempt, OutboxMessage
from .pages import HomePage, StandardPage, UniversityIndexPage, UniversityPage
from .universities import University, UniversityGroup
from .users import User

__all__ = [
    "DigestEntry",
    "HomePage",
    "InboundMail",
    "NoticeChoice",
    "OutboxAttempt",
    "OutboxMessage",
    "StandardPage",
    "Suppression",
    "University",
    "UniversityGroup",
    "UniversityIndexPage",
    "UniversityPage",
    "User",
]
