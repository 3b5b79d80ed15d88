"""Runs: started, watched, published. Coordinators see the figures of all and the rows of their university."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange import access
from exchange.actions.runs import UnableToPublish, UnableToStartRun, publish_run, start_run
from exchange.enums import RUN_ACTIVE, RunState, RunTrigger
from exchange.forms.runs import StartRunForm
from exchange.models import MatchRun, Season
from exchange.queries.alternatives import blocking_of, with_alternatives
from exchange.queries.run_pages import listed_runs, planned_of, progress_of, unserved_of
from exchange.queries.run_report import fairness_of
from portal.access import coordinated_universities

from .posting import acts_from

RUNS_A_PAGE, ROWS_A_PAGE = 20, 25
#: Of the page of a run, by what the address asks it to show.
PARTS = ("fixtures", "unserved", "fairness")


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    if not access.may_start_runs(request.user):
        raise Http404
    runs = listed_runs(access.runs_of(request.user))
    page = Paginator(runs, RUNS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page_of_runs": page, "form": StartRunForm(seasons=_open_seasons())}
    return render(request, "exchange/runs.html", context)


@acts_from("exchange:runs")
def start(request: HttpRequest) -> HttpResponse:
    if not access.may_start_runs(request.user):
        raise Http404
    form = StartRunForm(request.POST, seasons=_open_seasons())
    if not form.is_valid():
        messages.error(request, _("Choose a season that is not over."))
        return redirect("exchange:runs")
    season, now = form.cleaned_data["season"], timezone.now()
    try:
        run = start_run(season=season, trigger=RunTrigger.BUTTON, by=request.user, now=now)
    except UnableToStartRun as refusal:
        messages.error(request, str(refusal))
        return redirect("exchange:runs")
    return redirect(run)


@login_required
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    run = access.run_for(request.user, pk)
    everything = access.may_see_whole_runs(request.user)
    universities = None if everything else coordinated_universities(request.user)
    planned, unserved = planned_of(run, universities), unserved_of(run, universities)
    part = request.GET.get("show")
    if part not in PARTS:
        part = "fixtures"
    page = Paginator(unserved if part == "unserved" else planned, ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    if part == "fixtures":
        shown_to = None if universities is None else set(universities.values_list("pk", flat=True))
        page.object_list = with_alternatives(page.object_list, shown_to=shown_to)
    context = _facts(request, run) | {
        "everything": everything,
        "universities": universities,
        "fairness": fairness_of(run, universities) if part == "fairness" else None,
        "part": part,
        "counts": {"fixtures": planned.count(), "unserved": unserved.count()},
        "page_of_rows": page,
        "blocking": blocking_of(run) if everything else None,
    }
    return render(request, "exchange/run.html", context)


@login_required
@never_cache
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """What the page of a run asks for every two seconds; tells it to load anew once the run is over."""
    facts = _facts(request, access.run_for(request.user, pk))
    # Screen readers are told of a new stage only, not of every look.
    facts["news"] = "heard" in request.GET and request.GET["heard"] != facts["stage"]
    response = render(request, "exchange/parts/run_progress.html", facts)
    if not facts["active"]:
        response["HX-Refresh"] = "true"
    return response


@acts_from("exchange:run")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    run = access.run_for(request.user, pk)
    if not access.may_publish_runs(request.user):
        raise Http404
    try:
        publish_run(run=run, by=request.user, now=timezone.now())
    except UnableToPublish as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The run is published; invitations are on their way."))
    return redirect(run)


@login_required
@require_safe
def pool(request: HttpRequest, pk: int) -> HttpResponse:
    """The snapshot, so that administrators can repeat the run with `manage.py match`."""
    if not access.may_see_whole_runs(request.user):
        raise Http404
    run = access.run_for(request.user, pk)
    if not run.pool:
        raise Http404
    return HttpResponse(
        bytes(run.pool),
        headers={
            "Content-Type": "application/gzip",
            "Content-Disposition": f'attachment; filename="pool-{run.pk}.json.gz"',
        },
    )


def _facts(request: HttpRequest, run: MatchRun) -> dict[str, object]:
    run.progress = progress_of(run, now=timezone.now())
    waits = run.state == RunState.VERIFIED
    # A run that nobody needs to approve is published the moment after.
    active = run.state in RUN_ACTIVE or (waits and run.season.publishes_itself)
    may_publish = waits and not active and access.may_publish_runs(request.user)
    stage = f"{run.state}: {run.progress.get('stage', '')}"
    return {"run": run, "active": active, "stage": stage, "may_publish": may_publish}


def _open_seasons() -> QuerySet[Season]:
    return Season.objects.open_on(timezone.localdate())
