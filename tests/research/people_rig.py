"""A researcher with a profile, as tests of people need it."""

from __future__ import annotations

from django.utils import timezone

from portal.models import User
from research.actions.profiles import save_profile, show_profile
from research.enums import Visibility
from research.models import ResearcherProfile
from tests.factories import UserFactory

#: Of Josiah Carberry, ORCID's own example.
ORCID = "0000-0002-1825-0097"
FACTS = {
    "name": "Anna Karenina",
    "about": "I measure how rowers sleep.",
    "university": None,
    "orcid": ORCID,
    "fields": ["3.3", "5.1"],
    "methods": ["Polysomnography", "Motion capture"],
    "languages": ["ru", "en"],
    "sports": ["ROW"],
    "open_to": ["projects", "data"],
}


def profile_of(
    person: User | None = None, *, seen_by: str = Visibility.EVERYONE, **facts
) -> ResearcherProfile:
    """Written and shown as its owner does it."""
    person = person or UserFactory()
    now = timezone.now()
    profile = save_profile(person=person, now=now, visibility=Visibility.NOBODY, **(FACTS | facts))
    if seen_by != Visibility.NOBODY:
        show_profile(profile=profile, to=seen_by, seen=profile.changed_at, now=timezone.now())
    return profile


def typed(**answers) -> dict[str, object]:
    """What the form sends."""
    said = {
        "name": "Anna Karenina",
        "about": "I measure how rowers sleep.",
        "university": "",
        "orcid": f"https://orcid.org/{ORCID}",
        "fields_": ["3.3", "5.1"],
        "methods": "Polysomnography\n motion  capture \n\nMotion capture",
        "languages": ["ru", "en"],
        "sports": ["ROW"],
        "open_to": ["projects", "data"],
        "visibility": "nobody",
    }
    return said | answers
