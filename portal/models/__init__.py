from .outbox import OutboxAttempt, OutboxMessage
from .pages import HomePage, StandardPage, UniversityIndexPage, UniversityPage
from .universities import University, UniversityGroup
from .users import User

__all__ = [
    "HomePage",
    "OutboxAttempt",
    "OutboxMessage",
    "StandardPage",
    "University",
    "UniversityGroup",
    "UniversityIndexPage",
    "UniversityPage",
    "User",
]
