"""What the members of a project have in common, in as many queries for thirty files as for none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument

from portal.enums import UniversityRole
from portal.models import User
from research.models import Decision, Member, Milestone, Project, ProjectSpace
from research.timeline import Timeline, timeline_of

RESEARCHES = (UniversityRole.COORDINATOR, UniversityRole.RESEARCHER)


@dataclass(frozen=True, slots=True)
class SpaceView:
    milestones: Sequence[Milestone]
    timeline: Timeline | None
    decisions: Sequence[Decision]
    members: Sequence[Member]
    files: Sequence[AbstractDocument]


def space_view(project: Project, today: date) -> SpaceView:
    """4 queries."""
    milestones = list(project.milestones.all())
    return SpaceView(
        milestones=milestones,
        timeline=drawn(project, milestones, today),
        decisions=list(project.decisions.select_related("written_by__researcher_profile")),
        members=sorted(members_of(project), key=lambda one: not leads_it(project, one)),
        files=list(files_of(project)),
    )


def drawn(project: Project, milestones: Sequence[Milestone], today: date) -> Timeline | None:
    return timeline_of(milestones, starts_on=project.starts_on, ends_on=project.ends_on, today=today)


def members_of(project: Project) -> QuerySet[Member]:
    return project.members.filter(left_at=None).select_related("university", "person__researcher_profile")


def leads_it(project: Project, member: Member) -> bool:
    return member.person_id is not None and member.person_id == project.investigator_id


def files_of(project: Project) -> QuerySet[AbstractDocument]:
    """The newest first."""
    collections = ProjectSpace.objects.filter(project=project).values("collection")
    found = get_document_model().objects.filter(collection__in=collections)
    return found.select_related("uploaded_by_user__researcher_profile").order_by("-created_at", "-pk")


def successors_of(project: Project) -> QuerySet[User]:
    """Members who do research at the lead university, and so can take over."""
    members = project.members.filter(left_at=None).exclude(person=None)
    at_lead = User.objects.filter(
        groups__university_role__university=project.lead_id, groups__university_role__role__in=RESEARCHES
    )
    found = User.objects.filter(is_active=True, pk__in=members.values("person"))
    found = found.filter(pk__in=at_lead.values("pk")).exclude(pk=project.investigator_id)
    return found.select_related("researcher_profile").order_by("last_name", "first_name", "pk")
