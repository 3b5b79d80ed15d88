"""One's own profile: written, looked at as others will see it, shown, deleted."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.newcomers import has_confirmed_address
from research.actions.profiles import (
    UnableToShowProfile,
    delete_profile,
    is_wider,
    save_profile,
    show_profile,
)
from research.actions.shown_names import show_name
from research.enums import Visibility
from research.forms.profiles import ProfileForm
from research.models import ResearcherProfile
from research.queries.profiles import own_memberships, shown_memberships


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    own = _own(request)
    form = ProfileForm(request.POST or None, instance=own or _new(request))
    if request.method == "POST" and form.is_valid():
        own = save_profile(person=request.user, now=timezone.now(), **form.facts)
        wanted = form.cleaned_data["visibility"]
        if is_wider(wanted, own.visibility):
            return redirect("research:profile_preview", wanted)
        messages.success(request, _("Your profile is kept."))
        return redirect("research:profile")
    context = {"form": form, "profile": own, "memberships": own_memberships(request.user)}
    return render(request, "research/profile_form.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_preview(request: HttpRequest, to: str) -> HttpResponse:
    """Exactly what others will see; POST agrees to it."""
    own = _own(request)
    if own is None or to not in (Visibility.EVERYONE, Visibility.MEMBERS):
        raise Http404
    if request.method == "POST":
        return _show(request, own, to)
    context = {
        "profile": own,
        "to": Visibility(to),
        "wider": is_wider(to, own.visibility),
        "seen": own.changed_at.isoformat(),
        "memberships": shown_memberships(request.user),
        "confirmed": has_confirmed_address(request.user),
    }
    return render(request, "research/profile_preview.html", context)


def _show(request: HttpRequest, own: ResearcherProfile, to: str) -> HttpResponse:
    try:
        seen = parse_datetime(request.POST.get("seen", ""))
    except ValueError:
        seen = None
    try:
        if seen is None or seen.tzinfo is None:
            raise UnableToShowProfile(_("Look at your profile once more before you show it."))
        show_profile(profile=own, to=to, seen=seen, now=timezone.now())
    except UnableToShowProfile as refusal:
        messages.error(request, str(refusal))
        return redirect("research:profile_preview", to)
    messages.success(request, _("Your profile is shown."))
    return redirect(own)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_delete(request: HttpRequest) -> HttpResponse:
    own = get_object_or_404(ResearcherProfile, person=request.user)
    if request.method == "POST":
        delete_profile(profile=own)
        messages.success(request, _("Your profile is deleted. Nothing of it is kept."))
        return redirect("research:profile")
    return render(request, "research/profile_delete.html", {"profile": own})


@login_required
@require_POST
def membership_shown(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(own_memberships(request.user), pk=pk)
    shown = request.POST.get("shown") == "yes"
    show_name(member=member, shown=shown, now=timezone.now())
    if shown:
        said = _("Your name stands on the page of %(project)s.")
    else:
        said = _("Your name does not stand on the page of %(project)s any more.")
    messages.success(request, said % {"project": member.project})
    return redirect("research:profile")


def _own(request: HttpRequest) -> ResearcherProfile | None:
    return ResearcherProfile.objects.select_related("university").filter(person=request.user).first()


def _new(request: HttpRequest) -> ResearcherProfile:
    return ResearcherProfile(person=request.user, name=request.user.get_full_name())
