"""Events as a calendar to subscribe to, narrowed by its address."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from exchange.calendar.event_days import event_feed
from exchange.calendar.feeds import REFRESH
from exchange.forms.event_choice import EventChoice
from exchange.queries.feeds import LOOKS_BACK, MOST_FIXTURES
from portal.models import Event
from portal.queries.events import narrowed_events


@require_safe
@conditional_page
def events(request: HttpRequest) -> HttpResponse:
    """Public ones, whoever asks: calendar programs do not sign in."""
    since = timezone.localdate() - timedelta(days=LOOKS_BACK)
    found = narrowed_events(Event.objects.public(), EventChoice(request.GET).asked())
    rows = found.filter(ends_on__gte=since).select_related("host").order_by("starts_on", "pk")
    address = settings.BASE_URL + request.get_full_path()
    body = event_feed(rows[:MOST_FIXTURES], name=_("Events"), url=address)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    patch_cache_control(response, public=True, max_age=int(REFRESH.total_seconds()) // 4)
    return response
