from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exchange import access
from exchange.actions.venue_pages import UnableToPublishVenue, publish_venue_page
from exchange.actions.venues import UnableToSaveVenue, save_venue
from exchange.forms.venues import VenueForm
from exchange.models import Club, Venue

from .posting import acts_from


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    club = access.club_for(request.user, pk)
    place = club.university
    return _edit(request, club, Venue(university=place, lat=place.lat, lon=place.lon))


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int, venue: int) -> HttpResponse:
    club = access.club_for(request.user, pk)
    return _edit(request, club, access.venue_of(club, venue))


@acts_from("exchange:venue_edit")
def page(request: HttpRequest, pk: int, venue: int) -> HttpResponse:
    place = access.venue_of(access.club_for(request.user, pk), venue)
    try:
        made = publish_venue_page(venue=place, now=timezone.now())
    except UnableToPublishVenue as refusal:
        messages.error(request, str(refusal))
        return redirect("exchange:venue_edit", pk=pk, venue=venue)
    messages.success(request, _("The venue has a page now. Your coordinator can describe the way there."))
    return redirect(made.url)


def _edit(request: HttpRequest, club: Club, venue: Venue) -> HttpResponse:
    title = venue.name
    form = VenueForm(request.POST or None, instance=venue)
    if request.method == "POST" and form.is_valid():
        try:
            save_venue(venue=form.instance, now=timezone.now())
        except UnableToSaveVenue as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The venue is saved."))
            return redirect("exchange:club", pk=club.pk)
    return render(request, "exchange/venue_form.html", {"club": club, "form": form, "title": title})
