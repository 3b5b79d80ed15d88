"""Pages on which a team asks for fixtures."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exchange import access
from exchange.actions.requests import (
    UnableToChange,
    UnableToFile,
    UnableToReopen,
    UnableToWithdraw,
    change_request,
    file_request,
    reopen_request,
    withdraw_request,
)
from exchange.enums import RequestState
from exchange.forms.month_grid import day_uses
from exchange.forms.requests import RequestForm, WhoAsksForm, initial_of
from exchange.models import FixtureRequest, Season, Team
from exchange.queries import requests as queries

from .posting import acts_from


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Asks first who asks, since days and opponents depend on it; with one team there is no choice."""
    now = timezone.now()
    teams = queries.teams_with_places(access.acting_teams(request.user))
    seasons = Season.objects.open_on(now.date())
    said = request.POST if request.method == "POST" else request.GET
    who = WhoAsksForm.answered(said, teams=teams, seasons=seasons)
    if not who.is_valid():
        clubs = access.acting_clubs(request.user).order_by("name")
        return render(request, "exchange/request_who.html", {"form": who, "clubs": clubs[:2]})
    return _ask(request, team=who.cleaned_data["team"], season=who.cleaned_data["season"], now=now)


def _ask(request: HttpRequest, *, team: Team, season: Season, now: datetime) -> HttpResponse:
    standing = FixtureRequest.objects.filter(team=team, season=season).first()
    if standing and request.method != "POST":
        return render(
            request, "exchange/request_exists.html", {"asked": standing, "team": team, "season": season}
        )
    form = RequestForm(_posted(request), scope=queries.scope_of(team, season, now=now))
    if form.is_valid():
        try:
            filed = file_request(season=season, team=team, **form.cleaned_data, by=request.user, now=now)
        except UnableToFile as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your request stands. The next run looks for opponents."))
            return redirect(filed)
    return render(
        request,
        "exchange/request_form.html",
        {"form": form, "team": team, "season": season, "standing": standing},
    )


@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    asked = access.request_for(request.user, pk)
    if request.method != "POST" and asked.state == RequestState.WITHDRAWN:
        messages.info(request, _("This request is withdrawn. Reopen it before you change it."))
        return redirect(asked)
    scope = queries.scope_of_change(asked, now=now)
    form = RequestForm(_posted(request), scope=scope, initial=initial_of(asked))
    if form.is_valid():
        try:
            change_request(request=asked, **form.cleaned_data, by=request.user, now=now)
        except UnableToChange as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your request is changed."))
            return redirect(asked)
    return render(
        request,
        "exchange/request_form.html",
        {"form": form, "team": asked.team, "season": asked.season, "asked": asked},
    )


@login_required
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    asked = access.request_for(request.user, pk)
    days = {day.date: day.use for day in asked.days.all()}
    return render(
        request,
        "exchange/request.html",
        {
            "asked": asked,
            "months": queries.marked_months(days),
            "uses": day_uses(),
            "fixtures": queries.fixtures_of(asked),
            "answer": queries.answer_of_run(asked),
            "over": asked.season.ends <= queries.today_at(asked.team, timezone.now()),
        },
    )


@acts_from("exchange:request")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    asked = access.request_for(request.user, pk)
    try:
        withdraw_request(request=asked, by=request.user, now=timezone.now())
    except UnableToWithdraw as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(
            request, _("Your request is withdrawn. Fixtures that stand are not touched by this.")
        )
    return redirect(asked)


@acts_from("exchange:request")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    asked = access.request_for(request.user, pk)
    try:
        reopen_request(request=asked, by=request.user, now=timezone.now())
    except UnableToReopen as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Your request is open again."))
    return redirect(asked)


def _posted(request: HttpRequest) -> dict | None:
    return request.POST if request.method == "POST" else None
