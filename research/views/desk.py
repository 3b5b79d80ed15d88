"""The lead's desk: the calls of a project, and the answers to them by state."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from research.access import led_project
from research.queries.calls import calls_of
from research.queries.interests import desk_columns, interests_in


@login_required
@never_cache
@require_safe
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """`?call=` narrows it to one call; a made-up one to none of them."""
    project = led_project(request.user, pk)
    calls = list(calls_of(project))
    chosen = next((call for call in calls if str(call.pk) == request.GET.get("call")), None)
    columns = desk_columns(interests_in(project, chosen))
    context = {
        "project": project,
        "calls": calls,
        "chosen": chosen,
        "columns": columns,
        "answered": any(column.count for column in columns),
    }
    return render(request, "research/calls/desk.html", context)
