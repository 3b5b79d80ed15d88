"""Three universities with everything that has an owner; the people who walk are at the first.

The third is there so that the second has fixtures that are none of the first one's business.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Site

from portal.actions.site import lay_out_site
from portal.actions.universities import appoint, join_university
from portal.enums import UniversityRole
from portal.queries.universities import collection_of
from tests.factories import SeasonFactory, UniversityFactory, UserFactory
from tests.rights.secrets import Place, secret

from .events import add_events
from .files import add_files, add_foreign_folders
from .games import add_games
from .pages import add_mixtures, add_pages, list_page
from .profiles import add_profiles
from .projects import add_project
from .settings import add_settings
from .sides import Side, World


def build_world() -> World:
    now = timezone.now()
    lay_out_site(now=now)
    starts = now.date() + timedelta(days=30)
    season = SeasonFactory(name="Next season", starts=starts, ends=starts + timedelta(days=120))
    world = World(
        administrator=UserFactory(email="administrator@example.org", is_superuser=True, is_staff=True),
        season=season,
        sides={place: _side(place) for place in Place},
        shared={
            "site": {"pk": Site.objects.get().pk},
            "season": {"pk": season.pk},
            "home_path": {"args": [""]},
            "list_path": {"args": ["universities/"]},
            "list_page": list_page(),
            "mail": {"key": "made-up"},
        },
    )
    for side in world.sides.values():
        add_pages(side)
        add_files(side)
        add_project(side)
        add_profiles(side)
    add_mixtures(world.home, world.away)
    add_foreign_folders(world.home, world.away)
    add_games(world)
    add_events(world)
    add_settings(world)
    return world


def _side(place: Place) -> Side:
    university = UniversityFactory(name=f"University of {place.title()}", slug=f"university-of-{place}")
    page = join_university(university=university, now=timezone.now())
    people = {
        "officer": UserFactory(email=f"officer@{place}.example"),
        # Without a name: where people are named, the address stands instead.
        "colleague": UserFactory(email=f"{secret('officer', place)}@{place}.example", first_name=""),
        "staff": UserFactory(email=f"{secret('staff', place)}@{place}.example", first_name=""),
    }
    for role in UniversityRole:
        people[role.value] = UserFactory(email=f"{role}@{place}.example")
        appoint(user=people[role.value], university=university, role=role)
    appoint(user=people["staff"], university=university, role=UniversityRole.COORDINATOR)
    side = Side(place, university, page, collection_of(university), people)
    side.objects["university"] = {"pk": university.pk}
    side.objects["editor"] = {"pk": university.pk, "person": people["editor"].pk}
    return side
