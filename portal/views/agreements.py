"""Agreements and events as everybody reads them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal import access
from portal.enums import AgreementState
from portal.forms.agreements import AgreementFilter
from portal.models import Agreement
from portal.queries import agreements as queries

A_PAGE = 20
#: Of the events that an agreement brings; the calendar has them all.
COMING = 12


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    filters = AgreementFilter(request.GET)
    found = queries.narrowed(Agreement.objects.all(), **filters.initial, day=today)
    page = Paginator(queries.with_counts(found), A_PAGE).get_page(request.GET.get("page"))
    counts = queries.count_states(today)
    context = {
        "filters": filters,
        "page_of_agreements": page,
        "rows": [(row, row.state(today)) for row in page],
        "counts": [(state, counts[state]) for state in AgreementState if state in counts],
    }
    return render(request, "portal/agreements.html", context)


@require_safe
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    today = timezone.localdate()
    found = get_object_or_404(queries.with_counts(Agreement.objects.select_related("document")), slug=slug)
    context = {
        "agreement": found,
        "state": found.state(today),
        "members": queries.members_bound(queries.sides_of(found)).count(),
        "coming": queries.coming_events(found, day=today)[:COMING],
    }
    return render(request, "portal/agreement.html", context)


@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "portal/event.html", {"event": access.event_for(request.user, pk)})
