"""Researchers as others find them, and the form by which they are written to."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.newcomers import has_confirmed_address
from portal.refusal import Refusal
from research.access import profile_for
from research.actions.researcher_messages import write_to_researcher
from research.enums import Visibility
from research.forms.profiles import ProfileFilter
from research.forms.researchers import ResearcherMessageForm
from research.queries.profiles import find_profiles, shown_memberships, universities_of, visible_profiles

A_PAGE = 20


@require_safe
def researchers(request: HttpRequest) -> HttpResponse:
    form = ProfileFilter(request.GET, universities=universities_of(visible_profiles(request.user)))
    wanted = form.wanted()
    found = find_profiles(person=request.user, **wanted)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "found": page, "filtered": bool(wanted)}
    response = render(request, "research/people.html", context)
    if request.user.is_authenticated:
        # Others see fewer.
        add_never_cache_headers(response)
    return response


@require_safe
def person(request: HttpRequest, key: str) -> HttpResponse:
    profile = profile_for(request.user, key)
    own = profile.person_id == request.user.pk
    context = {"profile": profile, "own": own, "memberships": shown_memberships(profile.person)}
    response = render(request, "research/person.html", context)
    if profile.visibility != Visibility.EVERYONE:
        response["X-Robots-Tag"] = "noindex"
        add_never_cache_headers(response)
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_write(request: HttpRequest, key: str) -> HttpResponse:
    profile = profile_for(request.user, key)
    if profile.person_id == request.user.pk:
        return redirect(profile)
    form = ResearcherMessageForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        subject, text = form.cleaned_data["subject"], form.cleaned_data["text"]
        try:
            if not form.is_from_a_program:
                write_to_researcher(
                    profile=profile, by=request.user, subject=subject, text=text, now=timezone.now()
                )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your message is on its way. The answer comes by e-mail."))
            return redirect(profile)
    context = {"profile": profile, "form": form, "confirmed": has_confirmed_address(request.user)}
    return render(request, "research/person_write.html", context)
