"""What the pages are compared with: as little as a view can do behind all middleware."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from portal.models import University
from portal.urls import urlpatterns as of_the_portal

ROWS = 20


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>Floor</title><p>The same for everybody.")


def rows(request: HttpRequest) -> HttpResponse:
    """One query and a template without a frame."""
    return render(request, "floors/rows.html", {"rows": University.objects.order_by("pk")[:ROWS]})


urlpatterns = [path("floors/constant/", constant), path("floors/rows/", rows), *of_the_portal]
