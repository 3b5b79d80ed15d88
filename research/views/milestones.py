"""Milestones of a project: its members write and move them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from research.access import led_project, milestone_for, space_project
from research.actions.milestones import (
    UnableToKeepMilestone,
    add_milestone,
    change_milestone,
    move_milestone,
    show_milestones,
)
from research.enums import MilestoneState
from research.forms.space import MilestoneForm, MilestoneMoveForm, ShownForm

from .space_forms import ask


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def milestone_new(request: HttpRequest, pk: int) -> HttpResponse:
    project = space_project(request.user, pk)
    form = MilestoneForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            add_milestone(project=project, **form.cleaned_data, now=timezone.now())
        except UnableToKeepMilestone as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The milestone is added."))
            return redirect("research:space", project.pk)
    return ask(request, project, form, heading=_("Add a milestone"), submit=_("Add the milestone"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def milestone_edit(request: HttpRequest, pk: int) -> HttpResponse:
    milestone = milestone_for(request.user, pk)
    kept = {name: getattr(milestone, name) for name in ("title", "starts_on", "due_on")}
    form = MilestoneForm(request.POST if request.method == "POST" else None, initial=kept)
    if form.is_valid():
        change_milestone(milestone=milestone, **form.cleaned_data, now=timezone.now())
        messages.success(request, _("The milestone is changed."))
        return redirect("research:space", milestone.project_id)
    return ask(request, milestone.project, form, heading=_("Change the milestone"), submit=_("Save"))


@login_required
@require_POST
def milestone_move(request: HttpRequest, pk: int) -> HttpResponse:
    milestone = milestone_for(request.user, pk)
    form = MilestoneMoveForm(request.POST)
    if form.is_valid():
        was, to = (MilestoneState(form.cleaned_data[name]) for name in ("was", "to"))
        try:
            moved = move_milestone(milestone=milestone, was=was, to=to, now=timezone.now())
        except UnableToKeepMilestone as refusal:
            messages.error(request, str(refusal))
        else:
            said = {"title": moved.title, "state": moved.get_state_display()}
            messages.success(request, _("%(title)s: %(state)s.") % said)
    return redirect("research:space", milestone.project_id)


@login_required
@require_POST
def milestones_shown(request: HttpRequest, pk: int) -> HttpResponse:
    project = led_project(request.user, pk)
    form = ShownForm(request.POST)
    if form.is_valid():
        shown = form.cleaned_data["shown"]
        show_milestones(project=project, shown=shown, now=timezone.now())
        if shown:
            messages.success(request, _("Titles, days and states stand on the public page now."))
        else:
            messages.success(request, _("The milestones stand on the public page no more."))
    return redirect("research:space", project.pk)
