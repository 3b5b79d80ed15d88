"""What pages show of calls for partners and of the answers to them."""

from __future__ import annotations

from django import template

from portal.models import User
from research import call_words, person_names
from research.access import leads
from research.enums import CallState, InterestActor, InterestState, interest_moves
from research.models import Call, Interest, Project
from research.queries.calls import open_calls_of
from research.queries.interests import calling_projects, interests_of

register = template.Library()

#: How a state looks: the ending of a `tag-…` class.
CALL_TONES = {CallState.OPEN: "good", CallState.FILLED: "info"}
INTEREST_TONES = {
    InterestState.NEW: "info",
    InterestState.SHORTLISTED: "info",
    InterestState.INVITED: "warn",
    InterestState.JOINED: "good",
}
#: Rows on the page "My research"; the rest stands behind a link.
MOST_ON_MINE = 6

register.filter("wish_names", call_words.wish_names)
register.filter("field_names", call_words.field_names)
register.filter("origins", call_words.origins)
register.filter("shown_name", person_names.shown_name)
register.filter("profile_of", person_names.profile_of)


@register.filter
def call_tone(state: str) -> str:
    return CALL_TONES.get(state, "quiet")


@register.filter
def interest_tone(state: str) -> str:
    return INTEREST_TONES.get(state, "quiet")


@register.filter
def lead_moves(interest: Interest) -> list[str]:
    return interest_moves(InterestActor.LEAD, interest.state)


@register.filter
def places_left(call: Call) -> int:
    return call.places - call.taken


@register.inclusion_tag("research/calls/of_project.html", takes_context=True)
def calls_of_project(context: template.Context, project: Project) -> dict[str, object]:
    """Open calls, and for the lead the way to the desk (1 query for visitors)."""
    user = context.get("user")
    return {
        "project": project,
        "calls": list(open_calls_of(project)),
        "leads": bool(user) and leads(user, project),
    }


@register.inclusion_tag("research/mine/calls.html")
def my_calls(person: User) -> dict[str, object]:
    """One's own answers, and the calls of projects that one leads (2 queries)."""
    answers = list(interests_of(person)[: MOST_ON_MINE + 1])
    projects = list(calling_projects(person)[: MOST_ON_MINE + 1])
    return {
        "answers": answers[:MOST_ON_MINE],
        "more": len(answers) > MOST_ON_MINE,
        "projects": projects[:MOST_ON_MINE],
    }
