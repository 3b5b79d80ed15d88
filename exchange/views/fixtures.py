"""Fixtures as everybody may see them, and as the two clubs do."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from exchange import access
from exchange.enums import InvitationState, Side
from exchange.forms.fixture_filter import FixtureFilter, offered_among
from exchange.models import Fixture
from exchange.queries.alternatives import alternatives_of
from exchange.queries.calling_off import moves_for
from exchange.queries.contacts import contacts_for
from exchange.queries.dates import date_desk
from exchange.queries.fixtures import narrowed
from exchange.queries.history import history_of
from exchange.queries.invitations import REQUESTS, with_sides
from exchange.queries.reciprocity import debt_between
from exchange.sports_events import sports_event
from portal.page_cache import kept_for_visitors, kept_until_touched
from portal.refusal import Refusal

from .arrangements import arrangement_section
from .results import result_section

A_PAGE = 30
#: Players of one team on the sheet.
SHEET_LINES = 18


@require_safe
@kept_for_visitors
def listing(request: HttpRequest) -> HttpResponse:
    fixtures = access.visible_fixtures(request.user)
    whose = f"fixtures {request.user.pk} {get_language()}"
    filters = FixtureFilter(request.GET, offered=kept_until_touched(whose, lambda: offered_among(fixtures)))
    found = narrowed(fixtures, filters.wanted(), today=timezone.localdate())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "exchange/fixtures.html", {"filters": filters, "page_of_fixtures": page})


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return fixture_page(request, pk)


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """To print and take along: what is agreed, and empty lines for line-ups and the score."""
    fixture = access.fixture_for(request.user, pk)
    fixture = with_sides(Fixture.objects.filter(pk=fixture.pk)).get()
    return render(request, "exchange/sheet.html", {"fixture": fixture, "lines": range(1, SHEET_LINES + 1)})


def fixture_page(
    request: HttpRequest, pk: int, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    """The fixture as it stands now; `refusal` says why something was not done."""
    fixture = access.fixture_for(request.user, pk)
    fixture = with_sides(Fixture.objects.filter(pk=fixture.pk)).select_related(*REQUESTS).get()
    inside = access.acts_in(request.user, fixture)
    instead = alternatives_of(fixture, access.sides_of(request.user, fixture))
    context = {"fixture": fixture, "inside": inside, "instead": instead, "refusal": refusal}
    context["result"] = result_section(request, fixture)
    context["debt"] = debt_between(fixture.host.club, fixture.guest.club)
    context["contacts"] = contacts_for(fixture, access.sides_of(request.user, fixture) if inside else ())
    context["sports_event"] = sports_event(fixture)
    actors = access.actors_of(request.user, fixture)
    context["dates"] = date_desk(fixture, actors, now=timezone.now())
    context["call_off"], context["history"] = moves_for(fixture, actors), history_of(fixture, actors)
    context["arranged"] = arrangement_section(request, fixture)
    if inside:
        context["invitations"] = fixture.invitations.select_related("team").order_by("pk")
        mine = access.invitations_of(request.user).filter(fixture=fixture)
        context["host_note"], context["guest_note"] = fixture.note_of(Side.HOST), fixture.note_of(Side.GUEST)
        context["waiting"] = mine.filter(state=InvitationState.SENT).first()
    return render(request, "exchange/fixture.html", context, status=status)
