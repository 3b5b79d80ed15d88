from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.auth.models import Group
from wagtail.models import Collection

from exchange.models import Season
from portal.enums import UniversityRole
from portal.models import University, UniversityPage, User
from tests.rights.secrets import Place


@dataclass(slots=True)
class Side:
    place: Place
    university: University
    page: UniversityPage
    collection: Collection
    people: dict[str, User]
    #: What a row may ask for, by name: the parts of an address by their names in the URL resolver.
    objects: dict[str, dict[str, object]] = field(default_factory=dict)


@dataclass(slots=True)
class World:
    administrator: User
    season: Season
    sides: dict[Place, Side]
    #: Of nobody in particular: the site, the seasons, a run.
    shared: dict[str, dict[str, object]]

    @property
    def home(self) -> Side:
        return self.sides[Place.HOME]

    @property
    def away(self) -> Side:
        return self.sides[Place.AWAY]


def staff_groups(side: Side) -> list[Group]:
    """Those who work at the university's pages."""
    roles = side.university.role_groups.filter(role__in=(UniversityRole.COORDINATOR, UniversityRole.EDITOR))
    return [one.group for one in roles]
