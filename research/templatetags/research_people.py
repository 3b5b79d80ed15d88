"""Researchers' profiles in words, and what of them stands on "My research"."""

from __future__ import annotations

from django import template
from django.template import RequestContext

from portal.access import coordinates_any
from research.models import ResearcherProfile
from research.profile_words import facts_in_words
from research.queries.profiles import own_memberships

register = template.Library()


register.simple_tag(facts_in_words, name="profile_facts")


@register.inclusion_tag("research/mine/people.html", takes_context=True)
def my_profile(context: RequestContext) -> dict[str, object]:
    """One's profile, and on which projects' pages one's name stands (4 queries)."""
    person = context["request"].user
    return {
        "profile": ResearcherProfile.objects.select_related("university").filter(person=person).first(),
        "memberships": own_memberships(person),
        "coordinates": coordinates_any(person),
        "csrf_token": context.get("csrf_token"),
    }
