"""Answering an invitation as somebody who has signed in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from exchange import access
from exchange.actions.invitations import UnableToAnswer
from exchange.enums import AnswerWay
from exchange.forms.answers import AnswerForm

from .answering import give_answer, invitation_page
from .posting import acts_from

TEMPLATE = "exchange/invitation.html"


@login_required
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return invitation_page(request, TEMPLATE, access.invitation_for(request.user, pk))


@acts_from("exchange:invitation")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = access.invitation_for(request.user, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return invitation_page(request, TEMPLATE, invitation, form=form, status=400)
    try:
        give_answer(form, invitation, by=request.user, via=AnswerWay.PORTAL, now=timezone.now())
    except UnableToAnswer as refusal:
        return invitation_page(request, TEMPLATE, invitation, refusal=refusal, status=409)
    messages.success(request, _("Your answer is noted."))
    return redirect(invitation)
