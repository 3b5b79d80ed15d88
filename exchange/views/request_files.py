"""Many requests at once: a file up, a template of it down."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from exchange import access
from exchange.actions.requests import UnableToImport, import_requests
from exchange.forms.request_file import COLUMNS, MAX_BYTES, MAX_ROWS
from exchange.forms.request_import import RequestImportForm
from exchange.forms.request_template import csv_template, xlsx_template
from exchange.models import Season
from exchange.queries import requests as queries
from portal.row_files import CSV, XLSX
from portal.uploads import takes_file

#: Faults shown at once; a file with more has one of them everywhere.
SHOWN_FAULTS = 200


@takes_file(max_bytes=MAX_BYTES, refusal="exchange/request_file_too_large.html")
@login_required
def import_file(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    seasons = Season.objects.open_on(now.date())
    teams = queries.teams_with_places(access.acting_teams(request.user))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RequestImportForm(*sent, seasons=seasons, teams=teams, now=now)
    if form.is_valid():
        wishes = form.judged.wishes
        try:
            import_requests(rows=wishes, by=request.user, now=now)
        except UnableToImport as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _told(len(wishes), sum(len(wish.days) for wish in wishes)))
            return redirect("exchange:desk")
    context = {
        "form": form,
        "columns": COLUMNS,
        "faults": form.faults[:SHOWN_FAULTS],
        "count": len(form.faults),
    }
    return render(request, "exchange/requests_import.html", context)


def _told(requests: int, days: int) -> str:
    filed = ngettext("%(count)s request was filed.", "%(count)s requests were filed.", requests)
    named = ngettext("They name %(count)s day.", "They name %(count)s days.", days)
    return f"{filed % {'count': requests}} {named % {'count': days}}"


@login_required
@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    teams = list(queries.teams_with_places(access.acting_teams(request.user))[:MAX_ROWS])
    if kind == "csv":
        content, content_type = csv_template(teams), CSV
    elif kind == "xlsx":
        content, content_type = xlsx_template(teams, queries.rivals_of(teams)), XLSX
    else:
        raise Http404
    return HttpResponse(
        content,
        headers={
            "Content-Type": content_type,
            "Content-Disposition": f'attachment; filename="requests.{kind}"',
        },
    )
