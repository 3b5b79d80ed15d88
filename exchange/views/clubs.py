"""The desk of a club, its people, and the founding of clubs."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exchange import access
from exchange.actions.clubs import (
    UnableToAppointOfficer,
    UnableToDismissOfficer,
    UnableToFoundClub,
    appoint_officer,
    dismiss_officer,
    found_club,
)
from exchange.forms.clubs import ClubForm, OfficerForm
from exchange.models import ClubPage
from exchange.queries.club_desk import desk_of
from exchange.queries.club_map import met_points
from exchange.queries.reciprocity import balances_of
from portal.access import coordinated_universities
from portal.models.spoken import in_one_language


@login_required
@require_safe
def club(request: HttpRequest, pk: int) -> HttpResponse:
    club = access.club_for(request.user, pk)
    context = {
        "club": club,
        # Not "page": the base template would say of the desk what it says of pages.
        "club_page": in_one_language(ClubPage.objects.live()).filter(club=club).first(),
        "visits": balances_of(club),
        "desk": desk_of(club, today=timezone.now().date()),
    }
    return render(request, "exchange/club_desk.html", context)


@require_safe
def met(request: HttpRequest, pk: int) -> HttpResponse:
    """For everybody: what the list on the club's page says, as points of its map."""
    club = access.public_club_for(request.user, pk)
    return JsonResponse(met_points(club), content_type="application/geo+json")


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    if not access.may_found_clubs(request.user):
        raise Http404
    form = ClubForm(request.POST or None, universities=coordinated_universities(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            club = found_club(**form.cleaned_data, by=request.user, now=timezone.now())
        except UnableToFoundClub as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("The club is founded. Add its first officer and its teams."))
            return redirect("exchange:club", pk=club.pk)
    return render(request, "exchange/club_form.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def people_add(request: HttpRequest, pk: int) -> HttpResponse:
    club = access.club_for(request.user, pk)
    form = OfficerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            membership = appoint_officer(club=club, **form.cleaned_data, by=request.user, now=timezone.now())
        except UnableToAppointOfficer as refusal:
            form.add_error("email", str(refusal))
        else:
            told = {"person": membership.user, "club": club}
            messages.success(request, _("%(person)s may now act for %(club)s and is told by mail.") % told)
            return redirect("exchange:club", pk=club.pk)
    return render(request, "exchange/people.html", {"club": club, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def people_remove(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """GET asks, POST does."""
    club = access.club_for(request.user, pk)
    membership = access.membership_of(club, member)
    context = {"club": club, "membership": membership, "oneself": membership.user_id == request.user.pk}
    if request.method != "POST":
        return render(request, "exchange/people_remove.html", context)
    person = membership.user
    try:
        dismiss_officer(membership=membership, by=request.user, now=timezone.now())
    except UnableToDismissOfficer as refusal:
        return render(request, "exchange/people_remove.html", context | {"refusal": refusal}, status=409)
    messages.success(request, _("%(person)s no longer acts for %(club)s.") % {"person": person, "club": club})
    # Who removed themselves may have no business here any more.
    still = access.acting_clubs(request.user).filter(pk=club.pk).exists()
    return redirect("exchange:club", pk=club.pk) if still else redirect("exchange:desk")
