"""No name holds what nobody can see."""

from __future__ import annotations

import pytest
from django.forms import BaseForm

from exchange.forms.clubs import ClubForm
from exchange.forms.seasons import SeasonForm
from exchange.forms.teams import TeamForm
from exchange.forms.venues import VenueForm
from exchange.models import Team, Venue
from portal.models import University
from tests.factories import ClubFactory, UniversityFactory

pytestmark = pytest.mark.django_db


def team_form(name: str) -> BaseForm:
    return TeamForm(
        {"name": name}, instance=Team(club=ClubFactory()), venues=Venue.objects.all(), rates=False
    )


def venue_form(name: str) -> BaseForm:
    return VenueForm({"name": name}, instance=Venue(university=UniversityFactory()))


def club_form(name: str) -> BaseForm:
    return ClubForm({"name": name}, universities=University.objects.all())


def season_form(name: str) -> BaseForm:
    return SeasonForm({"name": name})


@pytest.mark.parametrize("form", [team_form, venue_form, club_form, season_form])
@pytest.mark.parametrize("character", ["\x01", "\x1f", "\x7f", "\x85"])
def test_control_characters_are_refused(form, character):
    assert form(f"A{character}B").errors["name"] == ["This holds invisible control characters; type it anew."]
    assert "name" not in form("Звёзды – 2").errors
