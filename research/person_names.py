"""How people are named to each other: never by their address."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.models import User
from research.models import ResearcherProfile


def profile_of(person: User) -> ResearcherProfile | None:
    return getattr(person, "researcher_profile", None)


def known_name(person: User) -> str:
    """As their profile or their account says; "" if neither does."""
    profile = profile_of(person)
    return (profile.name if profile else "") or person.get_full_name()


def shown_name(person: User | None) -> str:
    if person is None:
        return _("somebody who has left the portal")
    return known_name(person) or _("somebody without a name")
