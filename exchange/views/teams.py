from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exchange import access
from exchange.actions.teams import UnableToSaveTeam, save_team
from exchange.forms.teams import TeamForm
from exchange.models import Club, ClubPage, Team
from exchange.queries.club_desk import venues_of
from exchange.queries.teams import team_page
from exchange.rating_plot import rating_line
from portal.models.spoken import in_one_language


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """For everybody."""
    team = access.public_team_for(request.user, pk)
    page = team_page(team, today=timezone.localdate())
    context = {
        "team": team,
        "page_of_team": page,
        "line": rating_line(page.changes),
        "club_page": in_one_language(ClubPage.objects.live()).filter(club=team.club_id).first(),
    }
    return render(request, "exchange/team.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    club = access.club_for(request.user, pk)
    return _edit(request, club, Team(club=club))


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int, team: int) -> HttpResponse:
    club = access.club_for(request.user, pk)
    return _edit(request, club, access.team_of(club, team))


def _edit(request: HttpRequest, club: Club, team: Team) -> HttpResponse:
    rates = access.may_rate(request.user)
    title, rating = team.name, team.rating
    form = TeamForm(request.POST or None, instance=team, venues=venues_of(club), rates=rates)
    if request.method == "POST" and form.is_valid():
        try:
            save_team(team=form.instance, by=request.user, rating=form.sets_rating)
        except UnableToSaveTeam as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The team is saved."))
            return redirect("exchange:club", pk=club.pk)
    context = {"club": club, "form": form, "title": title, "rating": None if rates or not title else rating}
    return render(request, "exchange/team_form.html", context)
