"""What other pages show of a project's space, and how its own page words things."""

from __future__ import annotations

from django import template
from django.utils import timezone

from portal.models import User
from research.access import is_member
from research.actions.files import may_delete
from research.call_days import today_at
from research.enums import MILESTONE_MOVES, MilestoneState
from research.models import Member, Project
from research.queries.profiles import own_memberships
from research.queries.space import drawn, leads_it

register = template.Library()

#: How a state looks: the ending of a `tag-…` and of a `timeline-…` class.
TONES = {
    MilestoneState.STARTED: "info",
    MilestoneState.REACHED: "good",
    MilestoneState.DROPPED: "dropped",
}
#: Rows on the page "My research".
MOST_ON_MINE = 50

register.simple_tag(may_delete)


@register.filter
def milestone_tone(state: str) -> str:
    return TONES.get(state, "quiet")


@register.filter
def moves_of(state: MilestoneState) -> tuple[MilestoneState, ...]:
    return MILESTONE_MOVES[state]


@register.filter
def is_led_by(project: Project, member: Member) -> bool:
    return leads_it(project, member)


@register.inclusion_tag("research/page/milestones.html", takes_context=True)
def project_milestones(context: template.Context, project: Project) -> dict[str, object]:
    """Milestones where the lead shows them, and for members the way to the space (1 query for visitors)."""
    user = context.get("user")
    milestones = list(project.milestones.all()) if project.shows_milestones else []
    return {
        "project": project,
        "milestones": milestones,
        "timeline": drawn(project, milestones, today_at(project.lead, timezone.now())),
        "is_member": bool(user) and is_member(user, project),
    }


@register.inclusion_tag("research/mine/spaces.html")
def my_spaces(person: User) -> dict[str, object]:
    """Projects that one belongs to (1 query)."""
    return {"memberships": list(own_memberships(person).prefetch_related(None)[:MOST_ON_MINE])}
