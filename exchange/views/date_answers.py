"""Offering other dates and answering an offer: for the portal's pages and for those of the link."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from exchange.actions.fixtures import (
    By,
    UnableToMove,
    UnableToOffer,
    offer_dates,
    pick_date,
    refuse_offer,
    withdraw_offer,
)
from exchange.date_rules import days_that_suit
from exchange.enums import Actor, AnswerWay
from exchange.forms.other_dates import EmptyDateRows, OfferForm
from exchange.models import DateOffer, Fixture, Invitation
from exchange.models.offers import MOST_DATES
from exchange.queries.room import Room, room_of
from portal.models import User

TEMPLATE = "exchange/dates.html"


def offer_page(
    request: HttpRequest,
    fixture: Fixture,
    *,
    actors: tuple[Actor, ...],
    person: User,
    via: AnswerWay,
    back: str,
    invitation: Invitation | None = None,
) -> HttpResponse:
    """GET shows the form, POST offers. `actors`: the sides that may offer now; `back`: where it leads."""
    room, now = room_of(fixture), timezone.now()
    suiting = days_that_suit(room, now=now)
    context = {"fixture": fixture, "back": back, "invitation": invitation, "suiting": suiting}
    if request.method != "POST":
        context["chosen"] = _chosen(request)
        context["rows"] = EmptyDateRows(room=room, days=context["chosen"])
        context["form"] = OfferForm(actors=actors)
        return render(request, TEMPLATE, context)
    rows, form = EmptyDateRows(request.POST, room=room), OfferForm(request.POST, actors=actors)
    context |= {"rows": rows, "form": form}
    if not (rows.is_valid() and form.is_valid()):
        return render(request, TEMPLATE, context, status=400)
    refusal = _offer(room, rows, form, person=person, via=via, now=now)
    if refusal is not None:
        return render(request, TEMPLATE, context | {"refusal": refusal}, status=409)
    messages.success(request, _("Your dates are offered; the other side has been asked."))
    return redirect(back)


def _offer(
    room: Room, rows: EmptyDateRows, form: OfferForm, *, person: User, via: AnswerWay, now: datetime
) -> UnableToMove | None:
    by = By(form.actor, person, via)
    try:
        offer_dates(
            fixture=room.fixture, by=by, dates=rows.proposed(), note=form.cleaned_data["note"], now=now
        )
    except UnableToOffer as refusal:
        rows.show(refusal.faults)
        return refusal
    except UnableToMove as refusal:
        return refusal
    return None


def _chosen(request: HttpRequest) -> list[date]:
    """Days that suit, pressed one after another: each is a link to this page with one day more."""
    days = (_day(told) for told in request.GET.getlist("day"))
    return list(dict.fromkeys(day for day in days if day))[:MOST_DATES]


def _day(told: str) -> date | None:
    try:
        return parse_date(told)
    except ValueError:
        return None


def offer_in(request: HttpRequest, fixture: Fixture) -> DateOffer:
    """The offer that was read, by its hidden field."""
    told = request.POST.get("offer", "")
    return get_object_or_404(fixture.offers, pk=int(told) if told.isdecimal() else 0)


def answer_offer(request: HttpRequest, offer: DateOffer, by: By) -> str:
    """Picks one, or none. Returns what to say; raises `UnableToMove`."""
    chosen, now = request.POST.get("date", ""), timezone.now()
    if chosen == "none":
        refuse_offer(offer=offer, by=by, note=request.POST.get("note", ""), now=now)
        return _("The other side is told that none of the dates suits.")
    if not chosen.isdecimal():
        raise UnableToMove(_("Choose one of the dates, or say that none suits."))
    picked = offer.dates.filter(pk=int(chosen)).first()
    if picked is None:
        raise Http404
    pick_date(offer=offer, picked=picked, by=by, now=now)
    return _("The new date stands, and both sides are told.")


def take_offer_back(offer: DateOffer, by: By) -> str:
    withdraw_offer(offer=offer, by=by, now=timezone.now())
    return _("Your offer is taken back.")
