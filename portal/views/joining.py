"""A university joins: it is looked up in the register, asked for, and a portal administrator decides."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access import is_administrator
from portal.actions.joining import approve_join, ask_to_join, decline_join, withdraw_join
from portal.enums import JoinState
from portal.forms.joining import ApproveForm, JoinForm, ReasonForm, RegisterSearch
from portal.models import JoinRequest, University
from portal.queries.joining import all_join_requests, look_up, own_join_requests
from portal.refusal import Refusal

ROWS_A_PAGE = 50


@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """The look-up in the register, and what one has asked for."""
    form = RegisterSearch(request.GET or None, label_suffix="")
    context = {
        "form": form,
        "typed": form.typed,
        "found": look_up(form.typed),
        "own": own_join_requests(request.user) if request.user.is_authenticated else (),
    }
    return render(request, "portal/join.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join_ask(request: HttpRequest, ror: str) -> HttpResponse:
    university = get_object_or_404(University, ror=ror)
    form = JoinForm(request.POST or None, initial={"name": request.user.get_full_name()})
    if request.method == "POST" and form.is_valid():
        try:
            ask_to_join(university=university, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. We check who asks, and answer by mail."))
            return redirect("join")
    return render(request, "portal/join_form.html", {"form": form, "university": university})


@login_required
@require_POST
def join_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(own_join_requests(request.user), pk=pk)
    try:
        withdraw_join(request=asked, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your request is withdrawn."))
    return redirect("join")


@never_cache
@login_required
@require_safe
def join_requests(request: HttpRequest) -> HttpResponse:
    administrators_only(request)
    found = Paginator(all_join_requests(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/join_requests.html", {"found": found})


@never_cache
@login_required
@require_safe
def join_request(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _request_or_404(request, pk))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join_approve(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _request_or_404(request, pk)
    form = ApproveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = approve_join(request=asked, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            facts = {"university": asked.university, "person": person}
            messages.success(request, _("%(university)s takes part; %(person)s is told by mail.") % facts)
            return redirect("join_requests")
    return _shown(request, asked, approve=form if request.method == "POST" else None)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join_decline(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _request_or_404(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decline_join(request=asked, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The request is declined, and who asked is told by mail."))
            return redirect("join_requests")
    return _shown(request, asked, decline=form if request.method == "POST" else None)


def _shown(
    request: HttpRequest,
    asked: JoinRequest,
    *,
    approve: ApproveForm | None = None,
    decline: ReasonForm | None = None,
) -> HttpResponse:
    context = {
        "asked": asked,
        "form": approve or decline,
        "approve": approve or ApproveForm(initial={"coordinator": asked.asked_by.email}),
        "decline": decline or ReasonForm(),
        "waits": asked.state == JoinState.WAITING,
    }
    return render(request, "portal/join_request.html", context)


def administrators_only(request: HttpRequest) -> None:
    if not is_administrator(request.user):
        raise Http404


def _request_or_404(request: HttpRequest, pk: int) -> JoinRequest:
    administrators_only(request)
    return get_object_or_404(all_join_requests(), pk=pk)
