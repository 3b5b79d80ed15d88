"""Who says that they work at a university that one coordinates."""

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

from portal.access import coordinated_universities
from portal.refusal import Refusal
from research.actions.affiliations import refuse_affiliation, set_domains, verify_affiliation
from research.forms.researchers import DomainsForm
from research.queries.profiles import named_at

A_PAGE = 50


@never_cache
@login_required
@require_safe
def affiliations(request: HttpRequest) -> HttpResponse:
    universities = coordinated_universities(request.user)
    if not universities.exists():
        raise Http404
    page = Paginator(named_at(universities), A_PAGE).get_page(request.GET.get("page"))
    context = {"found": page, "universities": universities.order_by("name")}
    return render(request, "research/affiliations.html", context)


@login_required
@require_POST
def affiliation_decide(request: HttpRequest, pk: int) -> HttpResponse:
    profile = get_object_or_404(named_at(coordinated_universities(request.user)), pk=pk)
    act, said = {
        "verify": (verify_affiliation, _("%(name)s is verified.")),
        "refuse": (refuse_affiliation, _("%(name)s is told that you could not confirm it.")),
    }.get(request.POST.get("decision", ""), (None, ""))
    if act is None:
        raise Http404
    try:
        act(profile=profile, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said % {"name": profile.name})
    return redirect("research:affiliations")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def university_domains(request: HttpRequest, pk: int) -> HttpResponse:
    university = get_object_or_404(coordinated_universities(request.user), pk=pk)
    form = DomainsForm(request.POST or None, initial={"domains": university.own_domains}, label_suffix="")
    if request.method == "POST" and form.is_valid():
        set_domains(
            university=university, domains=form.cleaned_data["domains"], by=request.user, now=timezone.now()
        )
        messages.success(request, _("The mail domains are kept."))
        return redirect("research:affiliations")
    return render(request, "research/university_domains.html", {"form": form, "university": university})
