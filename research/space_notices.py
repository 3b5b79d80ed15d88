"""Mails about who belongs to a project and what its members decide. No address of a person stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from portal.models import User
from research.models import Call, Decision, Member, Project
from research.person_names import shown_name
from research.queries.leads import leaders_of
from research.telling import tell


def tell_left(*, member: Member, freed: Sequence[Call], now: datetime) -> None:
    """To whoever leads the project, with the calls in which a place is free again."""
    context = _about(member.project) | {"name": member.name, "freed": freed}
    for leader in leaders_of(member.project):
        tell(leader, "member_left", f"member_left:{member.pk}", context, now)


def tell_removed(*, member: Member, reason: str, by: User, now: datetime) -> None:
    """To who was taken out; the space is closed to them, so the way leads to their own page."""
    context = _about(member.project) | {
        "reason": reason,
        "by": shown_name(by),
        "url": f"{settings.BASE_URL}{reverse('research:projects')}",
    }
    if member.person is not None and member.person.is_active:
        tell(member.person, "member_removed", f"member_removed:{member.pk}", context, now)


def tell_handed_over(*, project: Project, before: User | None, by: User, now: datetime) -> None:
    """To who leads now, and to who led before; not to who did it."""
    to = project.investigator
    context = _about(project) | {"to": shown_name(to), "by": shown_name(by)}
    key = f"lead_handed_over:{project.pk}:{now.isoformat()}"
    for person in (to, before):
        if person is not None and person.pk != by.pk and person.is_active:
            tell(person, "lead_handed_over", key, context | {"leads": person.pk == to.pk}, now)


def tell_decision(*, decision: Decision, now: datetime) -> None:
    """To every member but who wrote it down."""
    context = _about(decision.project) | {"decision": decision, "writer": shown_name(decision.written_by)}
    members = decision.project.members.filter(left_at=None, person__is_active=True)
    for member in members.exclude(person=decision.written_by).select_related("person"):
        tell(member.person, "decision_recorded", f"decision_recorded:{decision.pk}", context, now)


def _about(project: Project) -> dict[str, object]:
    path = reverse("research:space", args=[project.pk])
    return {"project": project, "url": f"{settings.BASE_URL}{path}"}
