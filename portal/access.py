"""Who may do what on the ground floor. Views and templates ask here and nowhere else."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from portal.enums import UniversityRole
from portal.models import Event, University, User

Person = User | AnonymousUser


def is_administrator(person: Person) -> bool:
    return person.is_active and person.is_superuser


def _universities_as(person: Person, *roles: UniversityRole) -> QuerySet[University]:
    if not person.is_authenticated:
        return University.objects.none()
    if is_administrator(person):
        return University.objects.members()
    return University.objects.filter(
        role_groups__role__in=roles, role_groups__group__in=person.groups.all()
    ).distinct()


def coordinated_universities(person: Person) -> QuerySet[University]:
    """The universities `person` coordinates; all that joined for a portal administrator."""
    return _universities_as(person, UniversityRole.COORDINATOR)


def research_universities(person: Person) -> QuerySet[University]:
    """The universities at which `person` may write down projects."""
    return _universities_as(person, UniversityRole.COORDINATOR, UniversityRole.RESEARCHER)


def coordinates(person: Person, university: University) -> bool:
    return coordinated_universities(person).filter(pk=university.pk).exists()


def coordinates_any(person: Person) -> bool:
    return coordinated_universities(person).exists()


def visible_events(person: Person) -> QuerySet[Event]:
    """Public ones, and what is still being prepared for who keeps it."""
    return Event.objects.filter(Q(public=True) | Q(pk__in=kept_events(person).values("pk")))


def kept_events(person: Person) -> QuerySet[Event]:
    """Those that `person` may change: of the universities they coordinate, all for administrators."""
    if not person.is_authenticated:
        return Event.objects.none()
    if is_administrator(person):
        return Event.objects.all()
    return Event.objects.filter(host__in=coordinated_universities(person))


def event_for(person: Person, pk: int) -> Event:
    return get_object_or_404(visible_events(person).select_related("host", "agreement"), pk=pk)
