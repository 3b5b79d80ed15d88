from __future__ import annotations

from django.db.models import QuerySet

from portal.enums import UniversityRole
from portal.models import University, User


def coordinators_of(university: University) -> QuerySet[User]:
    return User.objects.filter(
        groups__university_role__university=university,
        groups__university_role__role=UniversityRole.COORDINATOR,
        is_active=True,
    ).order_by("pk")
