"""Where things are, for maps of pages; the list on the page says the same."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from exchange.queries.page_blocks import place_points, places_of
from portal.models import University


@require_safe
def points(request: HttpRequest, pk: int | None = None) -> JsonResponse:
    """Venues of one university that has joined, or all universities."""
    university = None if pk is None else get_object_or_404(University.objects.members(), pk=pk)
    return JsonResponse(place_points(places_of(university)))
