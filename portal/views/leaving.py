"""A university leaves or comes back, for portal administrators."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.actions.leaving import leave_university, take_back_university
from portal.forms.joining import ReasonForm
from portal.models import University
from portal.refusal import Refusal

from .joining import administrators_only


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def university_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what will happen, and asks why."""
    administrators_only(request)
    university = get_object_or_404(University.objects.members(), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            leave_university(university=university, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(university)s has left.") % {"university": university})
            return redirect("university_return", university.pk)
    return render(request, "portal/university_leave.html", {"university": university, "form": form})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def university_return(request: HttpRequest, pk: int) -> HttpResponse:
    administrators_only(request)
    university = get_object_or_404(University, pk=pk)
    departure = get_object_or_404(university.departures, returned_at=None)
    if request.method == "POST":
        try:
            take_back_university(university=university, by=request.user, now=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(university)s takes part again.") % {"university": university})
        return redirect("join_requests")
    return render(
        request, "portal/university_return.html", {"university": university, "departure": departure}
    )
