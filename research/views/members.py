"""Who belongs to a project: leaving, taking out, handing over the lead."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from research.access import has_research, led_project, membership_for, space_project
from research.actions.handing_over import UnableToHandOver, hand_over_lead
from research.actions.members import UnableToLeave, leave_project, remove_member
from research.forms.space import HandOverForm, RemoveForm
from research.person_names import shown_name
from research.queries.space import successors_of

from .space_forms import ask


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def space_leave(request: HttpRequest, pk: int) -> HttpResponse:
    project = space_project(request.user, pk)
    if not project.members.filter(person=request.user, left_at=None).exists():
        raise Http404
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            leave_project(project=project, person=request.user, by=request.user, now=timezone.now())
        except UnableToLeave as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("You have left the project. Its lead is told."))
            return redirect("research:mine" if has_research(request.user) else "research:projects")
    lead = _(
        "You see the space and its files no more, and your name goes from the public page. What you have"
        " written and uploaded stays with the project."
    )
    said = {"heading": _("Leave the project"), "submit": _("Leave the project"), "lead": lead}
    return ask(request, project, form, **said, bad=True)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member_remove(request: HttpRequest, pk: int) -> HttpResponse:
    member = membership_for(request.user, pk)
    if member.person is None:
        raise Http404
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            remove_member(member=member, **form.cleaned_data, by=request.user, now=timezone.now())
        except UnableToLeave as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("They belong to the project no more, and are told why by mail."))
            return redirect("research:space", member.project_id)
    heading = _("Take %(name)s out of the project") % {"name": member.name}
    lead = _(
        "They see the space and its files no more. What they have written and uploaded stays. If they came by"
        " a call, their place in it is free again."
    )
    return ask(request, member.project, form, heading=heading, submit=_("Take out"), lead=lead, bad=True)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lead_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    project = led_project(request.user, pk)
    successors = successors_of(project)
    form = HandOverForm(request.POST if request.method == "POST" else None, successors=successors)
    if form.is_valid():
        to = form.cleaned_data["to"]
        try:
            hand_over_lead(project=project, to=to, by=request.user, now=timezone.now())
        except UnableToHandOver as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s leads the project now.") % {"name": shown_name(to)})
            return redirect("research:space", project.pk)
    lead = _("Who leads writes the project's pages and calls, and decides who joins. Who led stays a member.")
    submit = _("Hand over")
    if not successors:
        submit = ""
        lead = _(
            "Nobody can take over yet: it has to be a member who does research at %(university)s. Ask a"
            " portal administrator to give a member that role."
        ) % {"university": project.lead}
    return ask(request, project, form, heading=_("Hand over the lead"), submit=submit, lead=lead)
