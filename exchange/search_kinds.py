"""Clubs by their pages, and teams that have a public page of their own."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exchange.access import public_teams
from exchange.models import ClubPage, Team
from portal.search import Described, Kind
from portal.search.pages import page_kind


def _describe(team: Team) -> Described:
    university = team.club.university
    names = (team.club.name, university.name, *university.names.values(), university.city)
    sport = (str(team.played.name), team.get_category_display())
    return Described(title=team.name, text=", ".join(map(str, (*names, *sport))), thing=f"team-{team.pk}")


def _visible() -> QuerySet:
    return public_teams().order_by().values("pk")


KINDS = (
    page_kind("club", _("Clubs"), ClubPage),
    Kind(
        name="team",
        label=_("Teams"),
        model=Team,
        visible=_visible,
        describe=_describe,
        load=Team.objects.in_bulk,
        address=lambda team: reverse("exchange:team", args=[team.pk]),
    ),
)
