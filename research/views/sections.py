"""The sections of a project: each is written and saved by itself."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from research import access
from research.actions.holding import UnableToChange
from research.forms.outputs_import import ImportForm
from research.forms.sections import SECTIONS, SectionForm
from research.forms.sections.rows import one_more
from research.models import Project
from research.queries.moderation import standing_of

#: What a field of the form says of the page when it was opened.
WAS_LIVE = {"0": False, "1": True}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_section(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    project = access.project_for(request.user, pk)
    kind = SECTIONS.get(section)
    if kind is None:
        raise Http404
    if request.method != "POST":
        return _page(request, kind(project=project, person=request.user))
    if more := request.POST.get("more"):
        form = kind(project=project, person=request.user, data=one_more(request.POST, more))
        form.hush()
        return _page(request, form)
    form = kind(project=project, person=request.user, data=request.POST)
    if not form.is_valid():
        return _page(request, form)
    was_live = WAS_LIVE.get(request.POST.get("was_live", ""))
    was_sent = standing_of(project).sent
    try:
        form.change(by=request.user, now=timezone.now(), was_live=was_live)
    except UnableToChange as refusal:
        form.refuse(refusal)
        form.project = access.project_for(request.user, pk)
        return _page(request, form, status=409)
    _say(request, project, was_sent=was_sent)
    return redirect(*_next(request, project, section))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def outputs_import(request: HttpRequest, pk: int) -> HttpResponse:
    project = access.project_for(request.user, pk)
    posted = request.method == "POST"
    form = ImportForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_valid():
        try:
            added, left_out = form.add_to(project=project, by=request.user, now=timezone.now())
        except UnableToChange as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("Added: %(added)s. Left out, because they are there already: %(left_out)s.")
            messages.success(request, said % {"added": added, "left_out": left_out})
            return redirect("research:project_section", project.pk, "outputs")
    return render(request, "research/edit/outputs_import.html", {"project": project, "form": form})


def _next(request: HttpRequest, project: Project, section: str) -> tuple[object, ...]:
    """The next section for who goes on, the overview for who is done."""
    names = list(SECTIONS)
    after = names[names.index(section) + 1 :]
    if "go_on" in request.POST and after:
        return "research:project_section", project.pk, after[0]
    return "research:project_edit", project.pk


def _say(request: HttpRequest, project: Project, *, was_sent: bool) -> None:
    now = standing_of(access.project_for(request.user, project.pk))
    if was_sent and not now.sent:
        said = _("Your changes are kept. The project is with you again; send it when you are done.")
    elif now.live and now.waiting and not now.sent:
        said = _("Your changes are kept. What waits for the moderator is not public before you send it.")
    else:
        said = _("Your changes are kept.")
    messages.success(request, said)


def _page(request: HttpRequest, form: SectionForm, *, status: int = 200) -> HttpResponse:
    project = form.project
    names = list(SECTIONS)
    context = {
        "project": project,
        "section": form,
        "number": names.index(form.name) + 1,
        "count": len(names),
        "is_last": form.name == names[-1],
        "standing": standing_of(project),
        "publishes": access.may_publish(request.user, project),
    }
    return render(request, "research/edit/section.html", context, status=status)
