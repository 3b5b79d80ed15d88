"""Extending a call by the link in its reminder, without signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from research.actions.calls import UnableToKeepCall, extend_call
from research.call_days import extended, today_at
from research.call_links import BadExtensionLink, read_extension_token


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call_extension(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, since scanners fetch links; POST extends. The token says who; it works once."""
    now = timezone.now()
    try:
        asked = read_extension_token(token, now=now)
    except BadExtensionLink as refusal:
        return render(request, "research/calls/bad_link.html", {"refusal": refusal}, status=404)
    call = asked.call
    context = {"call": call, "project": call.project}
    context["later"] = extended(asked.until, today_at(call.project.lead, now))
    # Used before: whoever opens the mail once more reads what stands.
    context["done"] = call.until > asked.until
    status = 200
    if request.method == "POST" and not context["done"]:
        try:
            context["call"] = extend_call(call=call, until=asked.until, by=asked.person, now=now)
        except UnableToKeepCall as refusal:
            context["refusal"], status = refusal, 409
        else:
            context["done"] = True
    return render(request, "research/calls/extension.html", context, status=status)
