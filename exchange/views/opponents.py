"""The board of open requests, for everybody: as a list, on a map, one by one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from exchange import access
from exchange.forms.opponent_filter import OpponentFilter
from exchange.map_points import points_of
from exchange.models import ClubPage
from exchange.queries import opponents as queries
from exchange.queries.challenges import with_places, worthy_teams
from portal.models.spoken import in_one_language
from portal.page_cache import kept_for_visitors

A_PAGE = 24
#: Requests that a map shows; beyond that the filters help.
MOST_POINTS = 2000
#: Of the filter; portal administrators act for all there are.
MOST_TEAMS = 200


@require_safe
@kept_for_visitors
def board(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    filters, found = _found(request)
    page = Paginator(with_places(found), A_PAGE).get_page(request.GET.get("page"))
    cards = queries.with_cards(page.object_list, now=now)
    context = {"filters": filters, "page_of_requests": page, "cards": cards, "filtered": bool(request.GET)}
    part = getattr(request, "htmx", None) and request.htmx.target == "board"
    name = "exchange/parts/opponent_results.html" if part else "exchange/opponents.html"
    response = render(request, name, context)
    response["Vary"] = ", ".join(filter(None, [response.get("Vary"), "HX-Request"]))
    return response


@require_safe
@kept_for_visitors
def places(request: HttpRequest) -> HttpResponse:
    """The same requests as GeoJSON (RFC 7946), one point a university."""
    _filters, found = _found(request)
    return JsonResponse(points_of(with_places(found)[:MOST_POINTS]), content_type="application/geo+json")


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    asked = get_object_or_404(with_places(queries.open_requests(now)), pk=pk)
    (card,) = queries.with_cards([asked], now=now)
    context = {
        "asked": card,
        "club_page": in_one_language(ClubPage.objects.live()).filter(club=asked.team.club_id).first(),
        "may_challenge": bool(worthy_teams(access.acting_teams(request.user), asked)),
    }
    return render(request, "exchange/opponent.html", context)


def _found(request: HttpRequest) -> tuple[OpponentFilter, queries.QuerySet]:
    now = timezone.now()
    rows = queries.open_requests(now)
    signed_in = request.user.is_authenticated
    teams = queries.own_teams(access.acting_teams(request.user), most=MOST_TEAMS) if signed_in else []
    filters = OpponentFilter(request.GET, rows=rows, teams=teams, today=timezone.localdate(now))
    return filters, queries.narrowed(rows, filters.wanted(), now=now)
