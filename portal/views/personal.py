"""What the portal keeps of oneself: to read, to take along, to take away."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal.actions.personal import UnableToErase, erase_person
from portal.forms.personal import GoodbyeForm
from portal.models import User
from portal.personal import export_of, hindrances_of


@never_cache
@login_required
@require_safe
def account_data(request: HttpRequest) -> HttpResponse:
    return render(request, "account/data.html")


@never_cache
@login_required
@require_safe
def account_data_download(request: HttpRequest) -> HttpResponse:
    """Everything, as JSON."""
    now = timezone.now()
    kept = {"written_at": now, **export_of(request.user)}
    response = JsonResponse(kept, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="my-data-{now:%Y-%m-%d}.json"'
    return response


@sensitive_post_parameters("password")
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: HttpRequest) -> HttpResponse:
    # A password is tried here as at the door: as often, and no more.
    if request.method == "POST" and (
        limited := ratelimit.consume_or_429(request, action="reauthenticate", user=request.user)
    ):
        return limited
    form = GoodbyeForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            _erase(request)
        except UnableToErase as refusal:
            for reason in refusal.reasons:
                form.add_error(None, reason)
        else:
            messages.success(request, _("Your account and what it knew of you are gone. Farewell."))
            return redirect("/")
    context = {"form": form, "hindrances": hindrances_of(request.user)}
    return render(request, "account/delete.html", context)


def _erase(request: HttpRequest) -> None:
    person = User.objects.get(pk=request.user.pk)
    erase_person(person=person, now=timezone.now())
    logout(request)
