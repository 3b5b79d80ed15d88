from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.access import coordinated_universities, research_universities
from research import access
from research.actions.projects import (
    UnableToChange,
    UnableToPropose,
    change_project,
    move_project,
    propose_project,
)
from research.forms.projects import ProjectFilter, ProjectForm, StatusForm
from research.models import Project
from research.queries.projects import find_projects

PAGE_SIZE = 20


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    form = ProjectFilter(request.GET)
    wanted = form.wanted()
    found = Paginator(find_projects(**wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "found": found,
        "filtered": bool(wanted),
        "may_propose": access.may_propose(request.user),
    }
    return render(request, "research/project_list.html", context)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    if not access.may_propose(request.user):
        raise Http404
    # Drafts first: they wait for somebody.
    own = access.projects_of(request.user).order_by("published", "title")
    context = {
        "found": Paginator(own, PAGE_SIZE).get_page(request.GET.get("page")),
        "publishes": set(coordinated_universities(request.user).values_list("pk", flat=True)),
    }
    return render(request, "research/mine.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def project_new(request: HttpRequest) -> HttpResponse:
    if not access.may_propose(request.user):
        raise Http404
    form = ProjectForm(request.POST or None, leads=research_universities(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            propose_project(**form.cleaned_data, by=request.user, now=timezone.now())
        except UnableToPropose as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Your draft is kept. The coordinator of your university reads and publishes it.")
            )
            return redirect("research:mine")
    return render(request, "research/project_form.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def project_edit(request: HttpRequest, pk: int) -> HttpResponse:
    project = access.project_for(request.user, pk)
    full = access.may_change_facts(request.user, project)
    # Facts typed into a form that was opened while the project was a draft are refused, not dropped.
    typed = full or "title" in request.POST
    form = (ProjectForm if typed else StatusForm)(request.POST or None, instance=project)
    if typed and not full:
        return _refused(request, form, UnableToChange.published(project))
    if request.method == "POST" and form.is_valid():
        try:
            if full:
                change_project(project=project, **form.cleaned_data, by=request.user)
            else:
                move_project(project=project, **form.cleaned_data)
        except UnableToChange as refusal:
            return _refused(request, form, refusal)
        else:
            messages.success(request, _("Your changes are kept."))
            return redirect("research:mine")
    return _edit_page(request, form, project, full=full)


def _refused(request: HttpRequest, form: ProjectForm, refusal: UnableToChange) -> HttpResponse:
    """What was typed stays in view, below the project as it stands; sending it again would not help."""
    form.full_clean()
    form.add_error(None, str(refusal))
    project = access.project_for(request.user, form.instance.pk)
    return _edit_page(request, form, project, full=False, refused=True, status=409)


def _edit_page(
    request: HttpRequest, form: ModelForm, project: Project, *, status: int = 200, **facts: bool
) -> HttpResponse:
    publishes = access.may_publish(request.user, project)
    context = {"form": form, "project": project, "publishes": publishes, **facts}
    return render(request, "research/project_form.html", context, status=status)
