"""What the two sides agree on for the day, and the visiting information. For them alone."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from exchange import access
from exchange.actions.fixtures.arrangements import (
    ChangedMeanwhile,
    UnableToArrange,
    arrange,
    confirm_arrangements,
)
from exchange.actions.fixtures.moves import By
from exchange.enums import Side
from exchange.forms.arrangements import FORMS, PartForm
from exchange.models import Fixture
from exchange.pack_pdf import pack_pdf
from exchange.queries.arrangements import (
    ArrangementDesk,
    acts_as,
    arrangement_desk,
    arrangements_in,
)
from exchange.queries.invitations import REQUESTS, with_sides
from exchange.visiting_pack import Pack, pack_of

from .posting import acts_from

for_the_two_only = cache_control(private=True, no_store=True)


def arrangement_section(request: HttpRequest, fixture: Fixture) -> ArrangementDesk | None:
    """What templates/exchange/parts/arrangements.html needs."""
    return arrangement_desk(fixture, access.actors_of(request.user, fixture))


@login_required
@for_the_two_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`?side=` for who acts for both."""
    fixture, desk = _for_sides(request, pk)
    if not desk.edits:
        return _page(request, fixture, desk, status=409 if request.method == "POST" else 200)
    side = next((one for one in desk.edits if one == request.GET.get("side")), desk.edits[0])
    kind = FORMS[side]
    form = kind(request.POST if request.method == "POST" else None, fixture=fixture, row=desk.row)
    if request.method != "POST" or not form.is_valid():
        return _page(request, fixture, desk, form)
    by = By(acts_as(access.actors_of(request.user, fixture), side), request.user)
    try:
        arrange(fixture=fixture, by=by, facts=form.part(), seen=form.cleaned_data["seen"], now=timezone.now())
    except UnableToArrange as refusal:
        form = _refused(request, fixture, form, refusal)
        return _page(request, fixture, desk, form, status=409)
    messages.success(request, _("The arrangements are saved; the other side is told."))
    return redirect(fixture)


@acts_from("exchange:fixture")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    fixture, desk = _for_sides(request, pk)
    actor = acts_as(access.actors_of(request.user, fixture), Side.HOST)
    if actor is None:
        raise Http404
    try:
        confirm_arrangements(fixture=fixture, by=By(actor, request.user), now=timezone.now())
    except UnableToArrange as refusal:
        return _page(request, fixture, desk, refusal=str(refusal), status=409)
    messages.success(request, _("The arrangements are confirmed."))
    return redirect(fixture)


@login_required
@for_the_two_only
@require_safe
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    fixture, written = _pack(request, pk)
    return render(request, "exchange/pack.html", {"fixture": fixture, "pack": written})


@login_required
@for_the_two_only
@require_safe
def pack_file(request: HttpRequest, pk: int) -> HttpResponse:
    fixture, written = _pack(request, pk)
    response = HttpResponse(pack_pdf(written), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="visit-{fixture.date}-{fixture.pk}.pdf"'
    return response


def _for_sides(request: HttpRequest, pk: int) -> tuple[Fixture, ArrangementDesk]:
    access.fixture_for(request.user, pk)
    fixture = with_sides(Fixture.objects).select_related(*REQUESTS).get(pk=pk)
    desk = arrangement_section(request, fixture)
    if desk is None:
        raise Http404
    return fixture, desk


def _pack(request: HttpRequest, pk: int) -> tuple[Fixture, Pack]:
    fixture, desk = _for_sides(request, pk)
    if not desk.has_pack:
        raise Http404
    return fixture, pack_of(fixture, desk.row, now=timezone.now())


def _refused(request: HttpRequest, fixture: Fixture, form: PartForm, refusal: UnableToArrange) -> PartForm:
    """With all that was typed. Who was overtaken is shown what stands, and may then save over it."""
    if isinstance(refusal, ChangedMeanwhile):
        fixture.refresh_from_db()
        stands = type(form)(fixture=fixture, row=arrangements_in(fixture))
        typed = request.POST.copy()
        typed["seen"] = stands.initial["seen"]
        form = type(form)(typed, fixture=fixture, row=arrangements_in(fixture))
    form.add_error(None, str(refusal))
    return form


def _page(
    request: HttpRequest,
    fixture: Fixture,
    desk: ArrangementDesk,
    form: PartForm | None = None,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    if status != 200:
        fixture = with_sides(Fixture.objects).select_related(*REQUESTS).get(pk=fixture.pk)
        desk = arrangement_section(request, fixture) or desk
    refusal = refusal or ("" if form else _("The arrangements cannot be changed now."))
    context = {"fixture": fixture, "desk": desk, "form": form, "refusal": refusal}
    return render(request, "exchange/arrangements_form.html", context, status=status)
