"""Whom to call about a team, for who acts for its club."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exchange import access
from exchange.actions.contacts import UnableToSaveContact, remove_contact, save_contact
from exchange.forms.contacts import ContactForm
from exchange.models import Club, TeamContact

from .posting import acts_from


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int, team: int) -> HttpResponse:
    club = access.club_for(request.user, pk)
    return _edit(request, club, TeamContact(team=access.team_of(club, team)))


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int, team: int, contact: int) -> HttpResponse:
    club = access.club_for(request.user, pk)
    return _edit(request, club, access.contact_of(access.team_of(club, team), contact))


@acts_from("exchange:contact_edit")
def remove(request: HttpRequest, pk: int, team: int, contact: int) -> HttpResponse:
    club = access.club_for(request.user, pk)
    remove_contact(contact=access.contact_of(access.team_of(club, team), contact))
    messages.success(request, _("The contact is removed."))
    return redirect("exchange:club", pk=club.pk)


def _edit(request: HttpRequest, club: Club, contact: TeamContact) -> HttpResponse:
    form = ContactForm(request.POST or None, instance=contact, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            save_contact(contact=form.instance)
        except UnableToSaveContact as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The contact is saved."))
            return redirect("exchange:club", pk=club.pk)
    context = {"club": club, "team": contact.team, "contact": contact, "form": form}
    return render(request, "exchange/contact_form.html", context)
