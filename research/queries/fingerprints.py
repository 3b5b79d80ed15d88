"""What is known of a project or a researcher, as suggestions see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import QuerySet

from portal.search.stems import stems
from research.enums import CallState, Openness, ProjectStatus, Visibility
from research.models import Project, ResearcherProfile
from research.suggesting.features import code_number, pack, word_number

from .public import public_projects

#: Of one text; the rest says nothing new.
MOST_WORDS = 300
#: A project in one of these looks for partners, an open call or not.
SEEKING = (ProjectStatus.IDEA, ProjectStatus.SEEKING)


def suggestible_profiles() -> QuerySet[ResearcherProfile]:
    """Those that signed-in people may see, of people who would join a project."""
    seen = ResearcherProfile.objects.exclude(visibility=Visibility.NOBODY).filter(person__is_active=True)
    return seen.filter(facets__kind="open", facets__value=Openness.PROJECTS)


def with_features(projects: QuerySet[Project]) -> QuerySet[Project]:
    return projects.prefetch_related("calls", "pages__locale", "investigator__researcher_profile")


def suggestible_projects() -> QuerySet[Project]:
    return with_features(public_projects())


def looks_for_partners(project: Project) -> bool:
    return project.status in SEEKING or any(call.state == CallState.OPEN for call in project.calls.all())


def project_fingerprint(project: Project) -> bytes:
    calls = [call for call in project.calls.all() if call.state == CallState.OPEN]
    text = " ".join([project.title, project.summary, *project.keywords, project.equipment_needed])
    return pack(
        {
            "words": _words(text),
            "fields": _codes(project.fields),
            "themes": _codes(project.themes),
            "sports": _codes(project.sports),
            "languages": _codes(_languages(project)),
            "home": [project.lead_id],
            "wished_fields": _codes({code for call in calls for code in call.fields}),
            "wished_words": _words(" ".join(f"{call.title} {call.text}" for call in calls)),
        }
    )


def profile_fingerprint(profile: ResearcherProfile) -> bytes:
    return pack(
        {
            "words": _words(" ".join([profile.about, *profile.methods])),
            "fields": _codes(profile.fields),
            "sports": _codes(profile.sports),
            "languages": _codes(profile.languages),
            "home": [profile.university_id] if profile.university_id else [],
        }
    )


def _languages(project: Project) -> set[str]:
    """Those of its investigator; where they tell none, those in which its pages are written."""
    profile = getattr(project.investigator, "researcher_profile", None)
    return set(profile.languages if profile else ()) or {
        page.locale.language_code for page in project.pages.all()
    }


def _codes(codes: Iterable[str]) -> list[int]:
    return sorted({code_number(code) for code in codes})


def _words(text: str) -> Iterator[int]:
    return (word_number(stem) for stem in islice((one for one in stems(text) if len(one) > 2), MOST_WORDS))
