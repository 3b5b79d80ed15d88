"""Which mails a person gets: on a page for who has signed in, and by the link in a mail for who has not."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.actions import notices as actions
from portal.forms.notices import NoticesForm
from portal.notices import (
    BadUnsubscribeLink,
    kinds_stopped_by,
    mask_address,
    read_unsubscribe_token,
    sent_always,
)
from portal.queries.suppressions import find_suppressed


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    form = NoticesForm(request.POST if request.method == "POST" else None, person=request.user)
    if not form.is_valid():
        facts = {
            "form": form,
            "sent_always": sent_always(),
            "suppressed": find_suppressed([request.user.email]),
        }
        return render(request, "portal/notices/choices.html", facts, status=400 if form.is_bound else 200)
    actions.save_choices(
        person=request.user, deliveries=form.deliveries, time_zone=form.time_zone, now=timezone.now()
    )
    messages.success(request, _("Your choice is saved."))
    return redirect("notices")


# Mail providers POST without cookies, so nothing here goes by a session: the token says who (RFC 8058).
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, since scanners fetch links; POST stops the kind and answers with what came of it."""
    try:
        asked = read_unsubscribe_token(token)
    except BadUnsubscribeLink as refusal:
        return render(request, "portal/notices/bad_link.html", {"refusal": refusal}, status=404)
    done = request.method == "POST"
    if done:
        stops = actions.unsubscribe(person=asked.person, kind=asked.kind, now=timezone.now())
    else:
        stops = kinds_stopped_by(asked.person, asked.kind)
    facts = {
        "address": mask_address(asked.person.email),
        "kind": asked.kind,
        "stops": stops,
        "done": done,
        "sent_always": sent_always(),
    }
    return render(request, "portal/notices/unsubscribe.html", facts)
