"""Files of a project: members upload them; Wagtail's view serves them, to members only."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.uploads import takes_file
from research.access import file_for, space_project
from research.actions.files import UnableToDeleteFile, UnableToKeepFile, delete_file, keep_file
from research.file_names import MAX_BYTES
from research.forms.space import ProjectFileForm

from .space_forms import ask


@takes_file(max_bytes=MAX_BYTES, refusal="research/space/file_too_large.html")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def file_new(request: HttpRequest, pk: int) -> HttpResponse:
    project = space_project(request.user, pk)
    form = ProjectFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            keep_file(project=project, file=form.cleaned_data["file"], by=request.user)
        except UnableToKeepFile as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The file is uploaded. The members of the project can read it."))
            return redirect("research:space", project.pk)
    return ask(request, project, form, heading=_("Upload a file"), submit=_("Upload the file"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def file_delete(request: HttpRequest, pk: int) -> HttpResponse:
    document, project = file_for(request.user, pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            delete_file(project=project, document=document, by=request.user)
        except UnableToDeleteFile as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The file is deleted."))
            return redirect("research:space", project.pk)
    said = {"heading": _("Delete the file"), "submit": _("Delete the file"), "lead": document.title}
    return ask(request, project, form, **said, bad=True)
