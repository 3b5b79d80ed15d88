"""How a fixture ended, as the two sides and administrators say it. The forms stand on the fixture's page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange import access
from exchange.actions.fixtures import (
    By,
    UnableToMove,
    confirm_result,
    decide_result,
    dispute_result,
    enter_result,
)
from exchange.enums import Actor
from exchange.forms.results import DisputeForm, ResultForm
from exchange.models import Fixture, Result
from exchange.queries.invitations import with_sides
from exchange.queries.results import ResultDesk, result_desk

from .posting import acts_from

PAGE = "exchange:fixture"


def result_section(request: HttpRequest, fixture: Fixture) -> dict[str, object]:
    """What templates/exchange/parts/result.html needs."""
    desk = result_desk(fixture, access.actors_of(request.user, fixture), now=timezone.now())
    return {
        "desk": desk,
        "form": _enter_form(desk, fixture) if desk.enters_as else None,
        "dispute_form": _dispute_form(desk) if desk.answers_as else None,
        "decide_form": _decide_form(desk, fixture) if desk.decides else None,
    }


def _enter_form(desk: ResultDesk, fixture: Fixture, data: object = None) -> ResultForm:
    last = desk.open_one if desk.corrects else None
    return ResultForm(data, fixture=fixture, sides=desk.enters_as, last=last)


def _dispute_form(desk: ResultDesk) -> DisputeForm:
    return DisputeForm(initial={"result": desk.open_one.pk}, auto_id="dispute_%s")


def _decide_form(desk: ResultDesk, fixture: Fixture, data: object = None) -> ResultForm:
    return ResultForm(data, fixture=fixture, sides=(), last=desk.open_one, auto_id="decide_%s")


@acts_from(PAGE)
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    fixture, desk = _sides_only(request, pk)
    form = _enter_form(desk, fixture, request.POST)

    def act() -> None:
        by = _as(request, form.actor)
        enter_result(fixture=fixture, by=by, entry=form.entry(), now=timezone.now())

    if not desk.enters_as:
        # Somebody else has entered it, or it stands, since this page was opened; or it has not begun.
        return _form_page(request, fixture, refusal=_("There is no result for you to enter now."), status=409)
    return _acted(request, fixture, act, _("The result is entered; the other side has been asked."), form)


@acts_from(PAGE)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    fixture, one, by = _answering(request, pk)

    def act() -> None:
        confirm_result(result=one, by=by, now=timezone.now())

    return _acted(request, fixture, act, _("The result is final."))


@acts_from(PAGE)
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    fixture, one, by = _answering(request, pk)
    form = DisputeForm(request.POST, auto_id="dispute_%s")

    def act() -> None:
        dispute_result(result=one, by=by, reason=form.cleaned_data["reason"], now=timezone.now())

    return _acted(request, fixture, act, _("The other side is told. Either of you may enter it anew."), form)


@acts_from(PAGE)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    fixture, desk = _sides_only(request, pk)
    if Actor.ADMINISTRATOR not in access.actors_of(request.user, fixture):
        raise Http404
    by = _as(request, Actor.ADMINISTRATOR)
    form = _decide_form(desk, fixture, request.POST)

    def act() -> None:
        decide_result(fixture=fixture, by=by, entry=form.entry(), now=timezone.now())

    return _acted(request, fixture, act, _("The result is final."), form)


def _sides_only(request: HttpRequest, pk: int) -> tuple[Fixture, ResultDesk]:
    """For others there is nothing to act on."""
    access.fixture_for(request.user, pk)
    fixture = with_sides(Fixture.objects).get(pk=pk)
    actors = access.actors_of(request.user, fixture)
    if not actors:
        raise Http404
    return fixture, result_desk(fixture, actors, now=timezone.now())


def _as(request: HttpRequest, actor: Actor) -> By:
    return By(actor, request.user)


def _answering(request: HttpRequest, pk: int) -> tuple[Fixture, Result, By]:
    """The entry that was read, and the side that answers it: the one that has not entered it."""
    fixture, _desk = _sides_only(request, pk)
    told = request.POST.get("result", "")
    one = get_object_or_404(fixture.results, pk=int(told) if told.isdecimal() else 0)
    actors = [actor for actor in access.actors_of(request.user, fixture) if actor != Actor.ADMINISTRATOR]
    if not actors:
        raise Http404
    return fixture, one, _as(request, next((actor for actor in actors if actor != one.side), actors[0]))


def _acted(
    request: HttpRequest,
    fixture: Fixture,
    act: Callable[[], None],
    said: str,
    form: ResultForm | DisputeForm | None = None,
) -> HttpResponse:
    if form is not None and not form.is_valid():
        return _form_page(request, fixture, form, status=400)
    try:
        act()
    except UnableToMove as refusal:
        if form is not None:
            form.add_error(None, str(refusal))
        return _form_page(request, fixture, form, refusal=str(refusal), status=409)
    messages.success(request, said)
    return redirect(fixture)


def _form_page(
    request: HttpRequest,
    fixture: Fixture,
    form: ResultForm | DisputeForm | None = None,
    *,
    refusal: str = "",
    status: int,
) -> HttpResponse:
    """The form that was refused, with what was typed, on a page of its own; or the refusal alone."""
    context = {"fixture": fixture, "form": form, "refusal": refusal}
    return render(request, "exchange/result_form.html", context, status=status)
