"""A researcher of each university: a profile that everyone may see, and one that nobody may."""

from __future__ import annotations

from django.utils import timezone

from research.enums import Visibility
from research.models import Member, Project, ResearcherProfile
from tests.factories import UserFactory

from .sides import Side


def add_profiles(side: Side) -> None:
    """None of them is of the people who walk."""
    for name, visibility in (("shown", Visibility.EVERYONE), ("hidden", Visibility.NOBODY)):
        profile = ResearcherProfile.objects.create(
            person=UserFactory(),
            key=f"{name}-{side.place}",
            name=f"Researcher of {side.place}",
            university=side.university,
            visibility=visibility,
            changed_at=timezone.now(),
        )
        side.objects[f"{name}_profile"] = {"pk": profile.pk, "key": profile.key}
    project = Project.objects.filter(lead=side.university).order_by("pk").first()
    member = Member.objects.create(project=project, person=profile.person, name=profile.name)
    side.objects["membership"] = {"pk": member.pk}
