"""An officer asks for exactly this opponent."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exchange import access
from exchange.actions.challenges import UnableToChallenge, challenge_team
from exchange.challenge_rules import choices_of, fault_of_pair, why_none
from exchange.forms.challenges import ChallengeForm, WhichTeamForm
from exchange.models import FixtureRequest, Team
from exchange.queries.challenges import duel_of, with_places, worthy_teams
from exchange.queries.opponents import open_requests


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def challenge(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first which team does, where there is a choice."""
    asked = get_object_or_404(with_places(open_requests(timezone.now())), pk=pk)
    teams = worthy_teams(access.acting_teams(request.user), asked)
    if not teams:
        raise Http404
    said = request.POST if request.method == "POST" else request.GET
    which = WhichTeamForm(said if "team" in said else None, teams=teams)
    team = which.chosen()
    if team is None:
        return render(request, "exchange/challenge_who.html", {"form": which, "asked": asked})
    return _ask(request, asked, team)


def _ask(request: HttpRequest, asked: FixtureRequest, team: Team) -> HttpResponse:
    now = timezone.now()
    duel = duel_of(asked, team, now=now)
    fault, choices = fault_of_pair(duel), choices_of(duel, now=now)
    form = ChallengeForm(request.POST if request.method == "POST" else None, duel=duel, choices=choices)
    context = {"form": form, "asked": asked, "team": team, "fault": fault, "choices": choices}
    status = 200
    if not fault and form.is_valid():
        said = form.cleaned_data["message"]
        try:
            fixture = challenge_team(
                asked=asked, team=team, choice=form.chosen(), message=said, by=request.user, now=now
            )
        except UnableToChallenge as refusal:
            context["refusal"], status = refusal, 409
        else:
            messages.success(
                request, _("You have asked %(team)s. They are told by mail.") % {"team": asked.team}
            )
            return redirect(fixture)
    if not fault and not choices:
        context["reasons"] = why_none(duel, now=now)
    return render(request, "exchange/challenge.html", context, status=status)
