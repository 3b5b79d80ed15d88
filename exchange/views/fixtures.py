"""Fixtures as everybody may see them, and as the two clubs do."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from exchange import access
from exchange.enums import InvitationState, Side
from exchange.forms.fixture_filter import FixtureFilter
from exchange.models import Fixture
from exchange.queries.alternatives import alternatives_of
from exchange.queries.fixtures import narrowed
from exchange.queries.invitations import REQUESTS, with_sides

A_PAGE = 30


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    fixtures = access.visible_fixtures(request.user)
    filters = FixtureFilter(request.GET, fixtures=fixtures)
    found = narrowed(fixtures, filters.wanted(), today=timezone.localdate())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "exchange/fixtures.html", {"filters": filters, "page_of_fixtures": page})


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    fixture = access.fixture_for(request.user, pk)
    fixture = with_sides(Fixture.objects.filter(pk=fixture.pk)).select_related(*REQUESTS).get()
    inside = access.acts_in(request.user, fixture)
    instead = alternatives_of(fixture, access.sides_of(request.user, fixture))
    context = {"fixture": fixture, "inside": inside, "instead": instead}
    if inside:
        context["invitations"] = fixture.invitations.select_related("team").order_by("pk")
        mine = access.invitations_of(request.user).filter(fixture=fixture)
        context["host_note"], context["guest_note"] = fixture.note_of(Side.HOST), fixture.note_of(Side.GUEST)
        context["waiting"] = mine.filter(state=InvitationState.SENT).first()
    return render(request, "exchange/fixture.html", context)
