"""What tests of pages have in common: who looks, and what they read."""

from __future__ import annotations

import re

from django.contrib.auth.models import Group

from portal.enums import UniversityRole
from portal.models import University, User
from tests.factories import UserFactory


def text_of(response) -> str:
    """The page, with any run of white space as one blank."""
    return re.sub(r"\s+", " ", response.content.decode())


def coordinator_of(university: University) -> User:
    """By a group of their own, without the pages and rights that joining brings."""
    coordinator = UserFactory()
    group = Group.objects.create(name=f"coordinators of {university.pk}")
    university.role_groups.create(role=UniversityRole.COORDINATOR, group=group)
    coordinator.groups.add(group)
    return coordinator
