"""Calls for partners: the public list and page, and how the lead keeps them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from research.access import leads, led_project
from research.actions.calls import (
    UnableToKeepCall,
    change_call,
    close_call,
    extend_call,
    open_call,
    reopen_call,
)
from research.answering import why_not_answer
from research.call_access import led_call, visible_call
from research.call_days import today_at
from research.enums import INTEREST_OPEN
from research.forms.calls import CallFilter, CallForm, CloseForm, UntilForm
from research.models import Call
from research.queries.calls import open_calls
from research.queries.public import is_public

PAGE_SIZE = 20


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    form = CallFilter(request.GET)
    wanted = form.wanted()
    found = Paginator(open_calls(**wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request, "research/calls/list.html", {"form": form, "found": found, "filtered": bool(wanted)}
    )


@require_safe
def call(request: HttpRequest, pk: int) -> HttpResponse:
    shown = visible_call(request.user, pk)
    context = {"call": shown, "project": shown.project, "public": is_public(shown.project)}
    context["leads"] = leads(request.user, shown.project)
    if request.user.is_authenticated and not context["leads"]:
        context["own"] = shown.interests.filter(person=request.user).order_by("-pk").first()
        context["fault"] = why_not_answer(shown, request.user, timezone.now())
    return render(request, "research/calls/call.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_new(request: HttpRequest, pk: int) -> HttpResponse:
    project = led_project(request.user, pk)
    now = timezone.now()
    form = CallForm(_posted(request), project=project, today=today_at(project.lead, now))
    if form.is_valid():
        try:
            call = open_call(project=project, facts=form.facts(), by=request.user, now=now)
        except UnableToKeepCall as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(
                request,
                _("The call is open.") if is_public(project) else _("The call opens with the project."),
            )
            return redirect("research:call", call.pk)
    return render(request, "research/calls/form.html", {"form": form, "project": project})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_edit(request: HttpRequest, pk: int) -> HttpResponse:
    call = led_call(request.user, pk)
    now = timezone.now()
    today = today_at(call.project.lead, now)
    form = CallForm(_posted(request), project=call.project, call=call, today=today)
    if form.is_valid():
        try:
            change_call(call=call, facts=form.facts(), by=request.user, now=now)
        except UnableToKeepCall as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Your changes are kept."))
            return redirect("research:call", call.pk)
    context = {"form": form, "project": call.project, "call": call}
    return render(request, "research/calls/form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_close(request: HttpRequest, pk: int) -> HttpResponse:
    call = led_call(request.user, pk)
    form = CloseForm(_posted(request))
    if form.is_valid():
        try:
            close_call(call=call, **form.cleaned_data, by=request.user, now=timezone.now())
        except UnableToKeepCall as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The call is closed."))
            return redirect("research:desk", call.project_id)
    waiting = call.interests.filter(state__in=INTEREST_OPEN).count()
    return _question(request, "research/calls/close.html", call, form, waiting=waiting)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    call = led_call(request.user, pk)
    now = timezone.now()
    said = {"places": max(call.places, call.taken + 1)}
    form = UntilForm(_posted(request), today=today_at(call.project.lead, now), initial=said)
    if form.is_valid():
        try:
            reopen_call(call=call, **form.cleaned_data, by=request.user, now=now)
        except UnableToKeepCall as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The call is open again."))
            return redirect("research:call", call.pk)
    return _question(request, "research/calls/reopen.html", call, form)


@login_required
@require_POST
def call_extend(request: HttpRequest, pk: int) -> HttpResponse:
    call = led_call(request.user, pk)
    try:
        call = extend_call(call=call, until=call.until, by=request.user, now=timezone.now())
    except UnableToKeepCall as refusal:
        messages.error(request, str(refusal))
    else:
        day = date_format(call.until, "DATE_FORMAT")
        messages.success(request, _("The call is open until %(day)s now.") % {"day": day})
    return redirect("research:desk", call.project_id)


def _posted(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _question(request: HttpRequest, template: str, call: Call, form: Form, **facts: object) -> HttpResponse:
    return render(request, template, {"form": form, "call": call, "project": call.project, **facts})
