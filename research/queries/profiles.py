"""Researchers' profiles, as those may see them whom their owners have chosen."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.access import Person, coordinated_universities, research_universities
from portal.models import University, User
from portal.search.stems import asked_stems
from research.enums import INTEREST_OPEN, InterestState, Visibility
from research.models import Interest, Member, ProfileFacet, Project, ProjectPage, ResearcherProfile

from .public import public_projects


def everyones_profiles() -> QuerySet[ResearcherProfile]:
    return ResearcherProfile.objects.filter(visibility=Visibility.EVERYONE, person__is_active=True)


def visible_profiles(person: Person) -> QuerySet[ResearcherProfile]:
    """Everyone's; for who has signed in those of members, their own, and of who answered a call they lead."""
    if not person.is_authenticated:
        return everyones_profiles()
    shown = Q(visibility__in=[Visibility.EVERYONE, Visibility.MEMBERS])
    answered = Q(person__in=_who_answered(person))
    return ResearcherProfile.objects.filter(shown | Q(person=person) | answered, person__is_active=True)


def find_profiles(
    *,
    person: Person,
    text: str = "",
    university: University | None = None,
    country: str = "",
    **codes: str,
) -> QuerySet[ResearcherProfile]:
    """`codes` by kind of facet: field, language, sport, open. All of them must fit, and all words."""
    profiles = visible_profiles(person)
    if university is not None:
        profiles = profiles.filter(university=university)
    if country:
        profiles = profiles.filter(university__in=University.objects.filter(country=country).values("pk"))
    asked = [*codes.items(), *(("word", stem) for stem in asked_stems(text))]
    for kind, value in asked:
        fit = ProfileFacet.objects.filter(kind=kind, value=value).values("profile")
        profiles = profiles.filter(pk__in=fit)
    return profiles.select_related("university").order_by("name", "pk")


def universities_of(profiles: QuerySet[ResearcherProfile]) -> QuerySet[University]:
    """Those at which somebody works whose profile is among `profiles` (1 query when read)."""
    named = profiles.exclude(university=None).order_by().values("university").distinct()
    return University.objects.filter(pk__in=named)


def shown_memberships(person: User) -> QuerySet[Member]:
    """In projects that everyone may read, where the name stands on the page."""
    return _standing(person).filter(shown=True, project__in=public_projects())


def own_memberships(person: User) -> QuerySet[Member]:
    """In projects whose page is there, by their titles."""
    return _standing(person)


def named_at(universities: QuerySet[University]) -> QuerySet[ResearcherProfile]:
    """Profiles whose owners say that they work at one of `universities`, unproven ones first."""
    found = ResearcherProfile.objects.filter(university__in=universities, person__is_active=True)
    return found.select_related("university", "person").order_by("verified", "name", "pk")


def _standing(person: User) -> QuerySet[Member]:
    there = Exists(ProjectPage.objects.filter(project=OuterRef("project")))
    rows = Member.objects.filter(there, person=person, left_at=None)
    return rows.select_related("project__lead").prefetch_related("project__pages").order_by("project__title")


def _who_answered(person: User) -> QuerySet:
    """People with a standing answer to a call of a project that `person` leads."""
    own = Q(investigator=person, lead__in=research_universities(person))
    led = Project.objects.filter(own | Q(lead__in=coordinated_universities(person)))
    states = [*INTEREST_OPEN, InterestState.JOINED]
    return Interest.objects.filter(call__project__in=led.values("pk"), state__in=states).values("person")
