"""Many projects at once: the public search down as a table, drafts up from one."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from portal.access import research_universities
from portal.row_files import CSV, MAX_BYTES, XLSX, csv_file, xlsx_file
from portal.uploads import takes_file
from research import access
from research.actions.imports import UnableToImport, import_drafts
from research.forms.project_import import ProjectImportForm
from research.forms.projects import ProjectFilter
from research.project_table import COLUMNS, lines_of
from research.queries.projects import find_projects

SHOWN_FAULTS = 200
#: Rows of one file; who needs all takes them by OAI-PMH.
MOST_ROWS = 10_000


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """What the list of projects shows for the same query."""
    keys = find_projects(ProjectFilter(request.GET).wanted()).keys(MOST_ROWS)
    return _file(kind, "projects", lines_of(keys))


@login_required
@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    if not access.may_propose(request.user):
        raise Http404
    leads = research_universities(request.user)
    return _file(kind, "drafts", [list(COLUMNS), *(_row_for(lead.ror) for lead in leads)])


@takes_file(max_bytes=MAX_BYTES, refusal="research/project_file_too_large.html")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    if not access.may_propose(request.user):
        raise Http404
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ProjectImportForm(*sent, leads=research_universities(request.user))
    if form.is_valid():
        try:
            drafts = import_drafts(drafts=form.drafts, by=request.user, now=timezone.now())
        except UnableToImport as refusal:
            form.add_error(None, str(refusal))
        else:
            told = ngettext("%(count)s draft was kept.", "%(count)s drafts were kept.", len(drafts))
            messages.success(request, told % {"count": len(drafts)})
            return redirect("research:mine")
    context = {"form": form, "faults": form.faults[:SHOWN_FAULTS], "count": len(form.faults)}
    return render(request, "research/projects_import.html", context)


def _row_for(ror: str) -> list[str]:
    return [{"lead": ror, "status": "idea"}.get(column, "") for column in COLUMNS]


def _file(kind: str, name: str, lines: Iterable[list[str]]) -> HttpResponse:
    if kind == "csv":
        content, content_type = csv_file(lines), CSV
    elif kind == "xlsx":
        content, content_type = xlsx_file({name: lines}), XLSX
    else:
        raise Http404
    disposition = f'attachment; filename="{name}.{kind}"'
    headers = {"Content-Type": content_type, "Content-Disposition": disposition}
    return HttpResponse(content, headers=headers)
