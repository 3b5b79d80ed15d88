from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from exchange import access
from exchange.forms.answers import AnswerForm
from exchange.queries.desk import desk_of


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    desk = desk_of(
        clubs=access.acting_clubs(request.user),
        teams=access.acting_teams(request.user),
        requests=access.requests_of(request.user),
        invitations=access.invitations_of(request.user),
        today=timezone.localdate(),
        now=timezone.now(),
    )
    context = {
        "desk": desk,
        "may_start_runs": access.may_start_runs(request.user),
        "may_plan_seasons": access.may_plan_seasons(request.user),
        # Each has ids of its own, by which its labels name its fields.
        "answers": [(one, AnswerForm(auto_id=f"id_%s_{one.pk}")) for one in desk.invitations],
    }
    return render(request, "exchange/desk.html", context)
