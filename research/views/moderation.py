"""Sending a project to the moderator, and what they answer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from research import access
from research.actions.moderation import (
    UnableToDecide,
    UnableToSend,
    approve_project,
    return_project,
    send_project,
    take_back_project,
)
from research.forms.moderation import ReviewForm, SendForm
from research.models import Project
from research.queries.calls import open_calls_of
from research.queries.moderation import missing_words, standing_of
from research.queries.project_page import named_people


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_send(request: HttpRequest, pk: int) -> HttpResponse:
    """What becomes public, and the consent to it."""
    project = access.project_for(request.user, pk)
    form = SendForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            send_project(project=project, **form.cleaned_data, by=request.user, now=timezone.now())
        except UnableToSend as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("It is with the moderator of %(university)s; you get a mail when they have decided.")
                % {"university": project.lead},
            )
            return redirect("research:project_edit", project.pk)
    return render(request, "research/edit/send.html", _shown(project) | {"form": form})


@login_required
@require_POST
def project_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    project = access.project_for(request.user, pk)
    try:
        take_back_project(project=project, by=request.user)
    except UnableToSend as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The project is with you again."))
    return redirect("research:project_edit", project.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_review(request: HttpRequest, pk: int) -> HttpResponse:
    project = access.moderated_project(request.user, pk)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            said = _decide(request, project, form.cleaned_data["comment"])
        except UnableToDecide as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("research:mine")
    return render(request, "research/edit/review.html", _shown(project) | {"form": form})


def _decide(request: HttpRequest, project: Project, comment: str) -> str:
    if "return" in request.POST:
        return_project(project=project, comment=comment, by=request.user)
        return _("Given back. Its author gets your comment by mail.")
    approve_project(project=project, by=request.user)
    return _("The project is published.")


def _shown(project: Project) -> dict[str, object]:
    """The draft as everybody will see it."""
    draft = project.page.get_latest_revision_as_object()
    draft.project = project
    return {
        "project": project,
        "draft": draft,
        "standing": standing_of(project),
        "named": named_people(project),
        "calls": open_calls_of(project),
        "missing": missing_words(project.page),
    }
