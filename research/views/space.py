"""What the members of a project keep for themselves; for everybody else it does not exist."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from research.access import leads, space_project
from research.actions.decisions import record_decision
from research.call_days import today_at
from research.forms.space import DecisionForm, ProjectFileForm
from research.models import ProjectPage
from research.queries.space import space_view

from .space_forms import ask


@login_required
@never_cache
@require_safe
def space(request: HttpRequest, pk: int) -> HttpResponse:
    project = space_project(request.user, pk)
    context = {
        "project": project,
        "leads": leads(request.user, project),
        "view": space_view(project, today_at(project.lead, timezone.now())),
        "public_page": ProjectPage.objects.live().filter(project=project).order_by("pk").first(),
        "file_form": ProjectFileForm(),
    }
    return render(request, "research/space/space.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: HttpRequest, pk: int) -> HttpResponse:
    project, now = space_project(request.user, pk), timezone.now()
    posted = request.POST if request.method == "POST" else None
    form = DecisionForm(posted, today=today_at(project.lead, now))
    if form.is_valid():
        record_decision(project=project, **form.cleaned_data, by=request.user, now=now)
        messages.success(request, _("The decision is written down."))
        return redirect("research:space", project.pk)
    return ask(request, project, form, heading=_("Write down a decision"), submit=_("Write it down"))
