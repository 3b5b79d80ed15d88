"""The calendar of fixtures and events that everybody may see, a month at a time."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from exchange import access
from exchange.forms.month_filter import MonthFilter
from exchange.queries.calendar import weekdays
from exchange.queries.month import last_day, month_page
from portal.access import visible_events
from portal.page_cache import kept_for_visitors


@require_safe
@kept_for_visitors
def calendar(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    fixtures = access.visible_fixtures(request.user)
    events = visible_events(request.user)
    filters = MonthFilter(request.GET, fixtures=fixtures, events=events)
    first = filters.month or today.replace(day=1)
    context = {
        "filters": filters,
        "month": month_page(fixtures, events, filters.asked(), first=first),
        "previous": (first - timedelta(days=1)).replace(day=1),
        "following": last_day(first) + timedelta(days=1),
        "weekdays": weekdays(),
        "events_query": filters.events_query,
        "today": today,
        "as_list": request.GET.get("view") == "list",
    }
    return render(request, "exchange/calendar.html", context)
