"""Clubs, teams, requests, fixtures and runs in Wagtail's admin, each university's own."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from exchange.access import acting_clubs, acting_teams, requests_of, runs_of
from exchange.models import Club, Fixture, FixtureRequest, MatchRun, Team
from portal.access import is_administrator
from portal.listings import Listing
from portal.models import User


def own_fixtures(user: User) -> QuerySet[Fixture]:
    """Those in which a team of theirs plays; what others play stands on the public pages."""
    mine = acting_teams(user).values("pk")
    return Fixture.objects.filter(Q(host__in=mine) | Q(guest__in=mine))


def page_of(row: Model) -> str:
    return row.get_absolute_url()


class ClubListing(Listing):
    model = Club
    name = "clubs"
    icon = "group"
    list_display = ("name", "university")
    list_export = ("name", "university")
    search_fields = ("name", "university__name")
    inspect_view_fields = ("name", "university", "slug")
    loaded = ("university",)
    link_of = staticmethod(lambda club: reverse("exchange:club", args=[club.pk]))


class TeamListing(Listing):
    model = Team
    name = "teams"
    icon = "user"
    list_display = ("name", "club", "sport", "category", "rating")
    list_filter = ("sport", "category")
    list_export = ("name", "club", "club.university", "get_sport_display", "get_category_display", "rating")
    search_fields = ("name", "club__name", "club__university__name")
    inspect_view_fields = ("name", "club", "sport", "category", "rating", "rating_deviation", "home_venue")
    loaded = ("club__university",)
    link_of = staticmethod(lambda team: reverse("exchange:team", args=[team.pk]))


class RequestListing(Listing):
    model = FixtureRequest
    name = "requests"
    in_bulk = True
    icon = "calendar-alt"
    list_display = ("team", "season", "wanted", "state", "created_at")
    list_filter = ("state", "season", "team__sport", "team__category")
    list_export = ("team", "team.club.university", "season", "wanted", "get_state_display", "created_at")
    search_fields = ("team__name", "team__club__name", "team__club__university__name")
    inspect_view_fields = ("team", "season", "wanted", "max_distance_km", "state", "created_at", "created_by")
    loaded = ("team__club__university", "season")
    link_of = staticmethod(page_of)


class FixtureListing(Listing):
    """Where a fixture stands is changed on its page, by whom it concerns."""

    model = Fixture
    name = "fixtures"
    icon = "date"
    list_display = ("__str__", "date", "season", "state")
    list_filter = ("state", "season", "host__sport")
    list_export = ("date", "kick_off", "host", "guest", "venue", "season", "get_state_display", "distance_km")
    search_fields = ("host__name", "guest__name", "host__club__name", "guest__club__name")
    inspect_view_fields = ("host", "guest", "date", "kick_off", "venue", "season", "state", "distance_km")
    loaded = ("host__club", "guest__club", "venue", "season")
    link_of = staticmethod(page_of)


class RunListing(Listing):
    model = MatchRun
    name = "runs"
    icon = "cogs"
    list_display = ("__str__", "season", "trigger", "state", "requests", "served")
    list_filter = ("state", "season", "trigger")
    list_export = ("created_at", "season", "get_trigger_display", "get_state_display", "requests", "served")
    search_fields = ("season__name",)
    inspect_view_fields = ("season", "trigger", "state", "created_at", "finished_at", "requests", "served")
    loaded = ("season",)
    link_of = staticmethod(page_of)


class ExchangeListings(ModelViewSetGroup):
    menu_label = _("Exchange")
    menu_icon = "group"
    menu_order = 310
    items = (ClubListing, TeamListing, RequestListing, FixtureListing, RunListing)


def everything_or(model: type[Model], own: Callable[[User], QuerySet]) -> Callable[[User], QuerySet]:
    """All rows for administrators, those of universities that have left among them."""
    return lambda user: model.objects.all() if is_administrator(user) else own(user)


#: Whose rows each list shows.
ROWS = {
    Club: everything_or(Club, acting_clubs),
    Team: everything_or(Team, acting_teams),
    FixtureRequest: everything_or(FixtureRequest, requests_of),
    Fixture: everything_or(Fixture, own_fixtures),
    MatchRun: runs_of,
}
