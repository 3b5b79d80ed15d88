"""Saved searches, where "My research" shows them."""

from __future__ import annotations

from django import template
from django.template import RequestContext

from research.models import SavedSearch

register = template.Library()


@register.inclusion_tag("research/mine/searches.html", takes_context=True)
def my_searches(context: RequestContext) -> dict[str, object]:
    """1 query."""
    searches = SavedSearch.objects.filter(person=context["request"].user)
    return {"searches": list(searches), "csrf_token": context.get("csrf_token")}
