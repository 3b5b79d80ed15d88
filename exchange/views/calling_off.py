"""Taking back, putting off, calling off: a page that asks once more and says what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exchange import access
from exchange.actions.fixtures import By, UnableToMove, cancel_fixture, postpone_fixture, withdraw_fixture
from exchange.enums import Move
from exchange.forms.calling_off import CallOffForm
from exchange.models import Fixture
from exchange.queries.calling_off import actors_for
from exchange.queries.invitations import with_sides

TEMPLATE = "exchange/call_off.html"
ACTS: dict[Move, Callable[..., Fixture]] = {
    Move.WITHDRAW: withdraw_fixture,
    Move.POSTPONE: postpone_fixture,
    Move.CANCEL: cancel_fixture,
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return _call_off(request, pk, Move.WITHDRAW)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def postpone(request: HttpRequest, pk: int) -> HttpResponse:
    return _call_off(request, pk, Move.POSTPONE)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    return _call_off(request, pk, Move.CANCEL)


def _call_off(request: HttpRequest, pk: int, move: Move) -> HttpResponse:
    access.fixture_for(request.user, pk)
    fixture = with_sides(Fixture.objects).get(pk=pk)
    actors = access.actors_of(request.user, fixture)
    if not actors:
        raise Http404
    now = timezone.now()
    allowed = actors_for(fixture, move, actors)
    if not allowed:
        messages.error(request, _("This is not possible now: see below what stands."))
        return redirect(fixture)
    form = CallOffForm(request.POST if request.method == "POST" else None, move=move, actors=allowed)
    hours = (fixture.starts_at - now) // timedelta(hours=1)
    context = {"fixture": fixture, "move": move, "form": form, "hours": hours}
    if not form.is_bound:
        return render(request, TEMPLATE, context)
    if not form.is_valid():
        return render(request, TEMPLATE, context, status=400)
    by = By(form.actor, request.user)
    try:
        ACTS[move](fixture=fixture, by=by, reason=form.cleaned_data["reason"], now=now)
    except UnableToMove as refusal:
        form.add_error(None, str(refusal))
        return render(request, TEMPLATE, context, status=409)
    messages.success(request, _("It is done, and both sides are told."))
    return redirect(fixture)
