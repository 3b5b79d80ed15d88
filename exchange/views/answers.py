"""Answering by the link in a mail, without signing in.

Scanners and browsers fetch links on their own: fetching changes nothing but the session that fetches. The
link lets its holder answer this one invitation and see nothing else.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from exchange.actions.invitations import UnableToAnswer
from exchange.answer_links import AnswerKey, BadLink, invited, read_token
from exchange.enums import AnswerWay
from exchange.forms.answers import AnswerForm

from .answering import give_answer, invitation_page

TEMPLATE = "exchange/answer.html"
#: In the session: what was opened, by invitation, the last one at the end.
KEYS = "answer_keys"
MOST_KEYS = 20


@never_cache
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the token out of the address, so that it stays out of histories, logs and referrers."""
    try:
        key = read_token(token, now=timezone.now())
    except BadLink as refusal:
        response = dead_end(request, refusal)
    else:
        if request.method == "GET":
            _keep(request, key)
        response = redirect("exchange:answer")
    # On this address only: a page with a form must not say so, its POST would come without an origin.
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """GET shows, POST acts."""
    try:
        invitation, person = invited(kept_key(request))
    except BadLink as refusal:
        return dead_end(request, refusal)
    if request.method != "POST":
        return invitation_page(request, TEMPLATE, invitation)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return invitation_page(request, TEMPLATE, invitation, form=form, status=400)
    try:
        give_answer(form, invitation, by=person, via=AnswerWay.LINK, now=timezone.now())
    except UnableToAnswer as refusal:
        return invitation_page(request, TEMPLATE, invitation, refusal=refusal, status=409)
    messages.success(request, _("Your answer is noted."))
    return redirect("exchange:answer")


def _keep(request: HttpRequest, key: AnswerKey) -> None:
    keys = request.session.get(KEYS, {})
    keys.pop(str(key.invitation_id), None)
    keys[str(key.invitation_id)] = [key.user_id, key.version]
    request.session[KEYS] = dict(list(keys.items())[-MOST_KEYS:])


def kept_key(request: HttpRequest) -> AnswerKey:
    """The key a form was made with, or the one opened last: two mails may be open side by side."""
    keys = request.session.get(KEYS, {})
    wanted = _named(request) or next(reversed(keys), "")
    if wanted not in keys:
        raise BadLink(_("Open the link in the mail once more, or sign in."))
    if request.method == "POST":
        # What is answered is what the page shows afterwards.
        _keep(request, AnswerKey(int(wanted), *keys[wanted]))
    return AnswerKey(int(wanted), *keys[wanted])


def _named(request: HttpRequest) -> str | None:
    return request.POST.get("invitation") or request.GET.get("invitation")


def dead_end(request: HttpRequest, refusal: BadLink) -> HttpResponse:
    return render(request, "exchange/answer_bad.html", {"refusal": refusal}, status=404)
