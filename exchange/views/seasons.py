"""Seasons and their policy, for portal administrators."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exchange import access
from exchange.actions.seasons import UnableToSaveSeason, save_season
from exchange.enums import RequestState
from exchange.forms.seasons import SeasonForm
from exchange.models import Season


@login_required
@require_safe
def seasons(request: HttpRequest) -> HttpResponse:
    _only_planners(request)
    asked = Count("requests", filter=Q(requests__state=RequestState.OPEN))
    found = Season.objects.annotate(asked=asked).order_by("-starts", "pk")
    return render(request, "exchange/season_list.html", {"seasons": found, "today": timezone.now().date()})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    _only_planners(request)
    return _edit(request, Season())


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    _only_planners(request)
    return _edit(request, get_object_or_404(Season, pk=pk))


def _only_planners(request: HttpRequest) -> None:
    if not access.may_plan_seasons(request.user):
        raise Http404


def _edit(request: HttpRequest, season: Season) -> HttpResponse:
    title = season.name
    form = SeasonForm(request.POST or None, instance=season)
    if request.method == "POST" and form.is_valid():
        try:
            save_season(season=form.instance, now=timezone.now())
        except UnableToSaveSeason as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The season is saved."))
            return redirect("exchange:seasons")
    return render(request, "exchange/season_form.html", {"form": form, "title": title})
