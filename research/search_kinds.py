"""Projects by their pages, and researchers who show their profiles to everyone."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.search import Described, Kind
from portal.search.pages import page_kind
from research.enums import Visibility
from research.models import ProjectPage, ResearcherProfile
from research.profile_words import facts_in_words
from research.queries.profiles import everyones_profiles


def _describe_researcher(profile: ResearcherProfile) -> Described | None:
    if profile.visibility != Visibility.EVERYONE or not profile.person.is_active:
        return None
    university = profile.university.name if profile.university else ""
    # The same entry whoever saves it, in whatever language.
    with translation.override(settings.LANGUAGE_CODE):
        words = [word for _label, found in facts_in_words(profile) for word in found]
    text = ", ".join(filter(None, [university, *words, profile.about]))
    return Described(title=profile.name, text=text, thing=f"researcher-{profile.pk}")


KINDS = (
    page_kind("project", _("Projects"), ProjectPage),
    Kind(
        name="researcher",
        label=_("Researchers"),
        model=ResearcherProfile,
        visible=lambda: everyones_profiles().order_by().values("pk"),
        describe=_describe_researcher,
        load=ResearcherProfile.objects.in_bulk,
        address=ResearcherProfile.get_absolute_url,
    ),
)
