"""A researcher's own projects: all of them, a new one, and one with its sections."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.access import research_universities
from research import access
from research.actions.projects import UnableToPropose, propose_project
from research.forms.projects import NewProjectForm
from research.forms.sections import SECTIONS
from research.queries.moderation import missing_words, standing_of
from research.queries.sections import sections_filled

PAGE_SIZE = 20


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    if not access.has_research(request.user):
        raise Http404
    # Drafts first: they wait for somebody.
    own = access.projects_of(request.user).order_by("published", "title")
    context = {
        "found": Paginator(own, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_propose": access.may_propose(request.user),
    }
    return render(request, "research/mine.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_new(request: HttpRequest) -> HttpResponse:
    """A title is enough; the sections ask for the rest."""
    if not access.may_propose(request.user):
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = NewProjectForm(posted, leads=research_universities(request.user))
    if form.is_valid():
        try:
            project = propose_project(**form.cleaned_data, by=request.user, now=timezone.now())
        except UnableToPropose as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Your draft is kept; only you and your university's moderators see it.")
            )
            return redirect("research:project_section", project.pk, next(iter(SECTIONS)))
    return render(request, "research/project_new.html", {"form": form})


@login_required
@require_safe
def project_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a project is, and its sections."""
    project = access.project_for(request.user, pk)
    filled = sections_filled(project)
    context = {
        "project": project,
        "draft": project.page.get_latest_revision_as_object(),
        "sections": [(name, section.title, filled[name]) for name, section in SECTIONS.items()],
        "standing": standing_of(project),
        "missing": missing_words(project.page),
        "publishes": access.may_publish(request.user, project),
    }
    return render(request, "research/project_edit.html", context)
