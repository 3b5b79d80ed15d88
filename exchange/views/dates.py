"""Other dates, for who has signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exchange import access
from exchange.actions.fixtures import By, UnableToMove
from exchange.enums import SIDES, Actor, AnswerWay, Side
from exchange.models import Fixture
from exchange.queries.dates import date_desk
from exchange.queries.invitations import REQUESTS, with_sides

from .date_answers import answer_offer, offer_in, offer_page, take_offer_back
from .fixtures import fixture_page
from .posting import acts_from

PAGE = "exchange:fixture"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    fixture, sides = _own(request, pk)
    desk = date_desk(fixture, sides, now=timezone.now())
    if not desk.offers_as:
        # Somebody has answered, or offered, since the button was shown.
        messages.error(request, _("Nobody can offer dates for this fixture now."))
        return redirect(fixture)
    return offer_page(
        request,
        fixture,
        actors=desk.offers_as,
        person=request.user,
        via=AnswerWay.PORTAL,
        back=fixture.get_absolute_url(),
    )


@acts_from(PAGE)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    fixture, sides = _own(request, pk)
    asked = offer_in(request, fixture)
    other = Actor.GUEST if asked.side == Side.HOST else Actor.HOST
    by = By(other if other in sides else sides[0], request.user)
    return _acted(request, fixture, lambda: answer_offer(request, asked, by))


@acts_from(PAGE)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    fixture, sides = _own(request, pk)
    mine = offer_in(request, fixture)
    by = By(Actor(mine.side) if mine.side in sides else sides[0], request.user)
    return _acted(request, fixture, lambda: take_offer_back(mine, by))


def _own(request: HttpRequest, pk: int) -> tuple[Fixture, tuple[Actor, ...]]:
    """Dates are the two clubs' affair."""
    access.fixture_for(request.user, pk)
    fixture = with_sides(Fixture.objects).select_related(*REQUESTS).get(pk=pk)
    sides = tuple(actor for actor in access.actors_of(request.user, fixture) if actor in SIDES)
    if not sides:
        raise Http404
    return fixture, sides


def _acted(request: HttpRequest, fixture: Fixture, act: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, act())
    except UnableToMove as refusal:
        return fixture_page(request, fixture.pk, refusal=refusal, status=409)
    return redirect(fixture)
