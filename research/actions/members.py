"""Who belongs to a project: people join, leave, and are taken out by its lead."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.models import University, User
from portal.refusal import Refusal
from research.access import leads
from research.models import Call, Member, Project
from research.person_names import profile_of, shown_name
from research.space_notices import tell_left, tell_removed

from .changes import note_change
from .freed_places import free_places
from .space import keep_group


class UnableToLeave(Refusal):
    @classmethod
    def leading(cls, project: Project) -> UnableToLeave:
        return cls(
            _(
                "The principal investigator cannot leave. First the lead is handed over to a member who does"
                " research at %(university)s; if there is none yet, a coordinator of the university can help."
            )
            % {"university": project.lead}
        )


@transaction.atomic
def add_member(
    *,
    project: Project,
    person: User,
    by: User | None,
    now: datetime,
    university: University | None = None,
    shown: bool = True,
) -> Member:
    """Who belongs to it already stays as they are."""
    profile = profile_of(person)
    facts = {
        "name": shown_name(person),
        "orcid": profile.orcid if profile else "",
        "university": university,
        "shown": shown,
        "joined_at": now,
    }
    member, _made = Member.objects.get_or_create(project=project, person=person, left_at=None, defaults=facts)
    keep_group(project)
    note_change(project=project, now=now)
    return member


@transaction.atomic
def leave_project(*, project: Project, person: User, by: User, now: datetime) -> Member:
    """Of one's own will. Files, decisions and milestones stay; the lead is told."""
    if by.pk != person.pk:
        raise UnableToLeave(_("People leave themselves. Take somebody out with a reason instead."))
    member, freed = _end_membership(project, person, now)
    tell_left(member=member, freed=freed, now=now)
    return member


@transaction.atomic
def remove_member(*, member: Member, reason: str, by: User, now: datetime) -> Member:
    """By whoever leads; the reason goes to the person by mail."""
    project = Project.objects.select_related("lead").get(pk=member.project_id)
    if not leads(by, project):
        raise UnableToLeave(_("You do not lead this project any more."))
    if member.person is None:
        raise UnableToLeave(_("They have no account here. Change the people of the project instead."))
    ended, _freed = _end_membership(project, member.person, now)
    tell_removed(member=ended, reason=reason, by=by, now=now)
    return ended


def _end_membership(project: Project, person: User, now: datetime) -> tuple[Member, list[Call]]:
    """Under a lock on the project's row, which handing over its lead takes too.

    With the calls that have a free place now.
    """
    freed = free_places(project=project, person=person, now=now)
    current = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    if current.investigator_id == person.pk:
        raise UnableToLeave.leading(project)
    standing = Member.objects.filter(project=project, person=person, left_at=None)
    member = standing.select_related("project__lead", "person").first()
    if member is None or not standing.update(left_at=now):
        raise UnableToLeave(_("They have left this project already."))
    member.left_at = now
    keep_group(project)
    note_change(project=project, now=now)
    return member, freed
