from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, QuerySet

from portal.enums import UniversityRole
from portal.models import University, User


def coordinators_of(university: University) -> QuerySet[User]:
    return _people_of(university, UniversityRole.COORDINATOR)


def editors_of(university: University) -> QuerySet[User]:
    return _people_of(university, UniversityRole.EDITOR)


def with_proof(people: QuerySet[User]) -> QuerySet[User]:
    """With `proven`: whether an address of theirs is, without which nobody signs in."""
    proofs = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return people.annotate(proven=Exists(proofs))


def _people_of(university: University, role: UniversityRole) -> QuerySet[User]:
    return User.objects.filter(
        groups__university_role__university=university, groups__university_role__role=role, is_active=True
    ).order_by("pk")
