"""What a link lets its holder do beside yes and no: offer other dates, answer an offer, take the yes back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exchange.actions.fixtures import By, withdraw_fixture
from exchange.answer_links import BadLink, invited
from exchange.enums import Actor, AnswerWay
from exchange.models import Fixture, Invitation
from exchange.queries.dates import date_desk
from exchange.queries.invitations import REQUESTS, with_sides
from portal.models import User
from portal.refusal import Refusal

from .answering import invitation_page
from .answers import TEMPLATE, dead_end, kept_key
from .date_answers import answer_offer, offer_in, offer_page, take_offer_back

#: Of the invitation's side: what they do, and what to say of it.
Act = Callable[[HttpRequest, Fixture, By], str]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest) -> HttpResponse:
    try:
        invitation, person = invited(kept_key(request))
    except BadLink as refusal:
        return dead_end(request, refusal)
    fixture = _fixture(invitation)
    desk = date_desk(fixture, (Actor(invitation.side),), now=timezone.now())
    if not desk.offers_as:
        messages.error(request, _("Nobody can offer dates for this fixture now."))
        return redirect("exchange:answer")
    return offer_page(
        request,
        fixture,
        actors=desk.offers_as,
        person=person,
        via=AnswerWay.LINK,
        back=f"{reverse('exchange:answer')}?invitation={invitation.pk}",
        invitation=invitation,
    )


def _acts(act: Act) -> Callable[[HttpRequest], HttpResponse]:
    """POST acts for the side of the link; whatever else comes here is led to the buttons."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(act)
    def view(request: HttpRequest) -> HttpResponse:
        try:
            invitation, person = invited(kept_key(request))
        except BadLink as refusal:
            return dead_end(request, refusal)
        if request.method != "POST":
            return redirect("exchange:answer")
        return _acted(request, act, invitation, person)

    return view


def _acted(request: HttpRequest, act: Act, invitation: Invitation, person: User) -> HttpResponse:
    try:
        said = act(request, _fixture(invitation), By(Actor(invitation.side), person, AnswerWay.LINK))
    except Refusal as refusal:
        return invitation_page(request, TEMPLATE, invitation, refusal=refusal, status=409)
    messages.success(request, said)
    return redirect("exchange:answer")


@_acts
def answer(request: HttpRequest, fixture: Fixture, by: By) -> str:
    return answer_offer(request, offer_in(request, fixture), by)


@_acts
def withdraw(request: HttpRequest, fixture: Fixture, by: By) -> str:
    return take_offer_back(offer_in(request, fixture), by)


@_acts
def take_back(request: HttpRequest, fixture: Fixture, by: By) -> str:
    reason = request.POST.get("reason", "")
    withdraw_fixture(fixture=fixture, by=by, reason=reason, now=timezone.now())
    return _("Your yes is taken back, and both sides are told.")


def _fixture(invitation: Invitation) -> Fixture:
    return with_sides(Fixture.objects).select_related(*REQUESTS).get(pk=invitation.fixture_id)
