"""Every page there is, taken from the table of rights: a new route cannot be forgotten, only named here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from django.test import Client
from django.urls import reverse

from portal.notices import kind_of, make_unsubscribe_link
from tests.rights.outcomes import Outcome
from tests.rights.routes import Route, all_routes
from tests.rights.rows import Role, Row
from tests.rights.secrets import Place
from tests.rights.table import ROWS
from tests.rights.walk import Walk
from tests.rights.world.sides import World

#: An address that ends like a file, or that a document is fetched from.
FILE = re.compile(r"\.(txt|xml|bib|json|geojson|gz|csv|xlsx|pdf|ics|atom|<slug:kind>)$|^documents/")
#: Routes that answer with something else than a page of ours, and why.
NO_PAGES = {
    "healthz": "two words for monitoring",
    "metrics": "figures for monitoring",
    "oai": "XML for harvesters",
    "account_data_download": "a file",
    "inbox:download": "a file",
    "exchange:run_progress": "the part of a run's page that is fetched anew",
    "/cms/logout/": "the page of account_logout",
    "/cms/test404/": "Wagtail's own",
}
#: Wagtail's own screens; what we put into them is looked at by people.
CMS = "cms/"
#: Whoever sees most in what everybody may see comes after the visitor.
EYES = (Role.VISITOR, Role.HOLDER, Role.OFFICER, Role.RESEARCHER, Role.COORDINATOR, Role.ADMINISTRATOR)
#: Pages on which an officer meets forms that visitors do not: by route and object.
FORMS = (
    ("exchange:fixture", "begun"),
    ("exchange:fixture", "entered"),
    ("exchange:fixture", "confirmed"),
    ("exchange:team", "team_page"),
)


@dataclass(frozen=True, slots=True)
class Visit:
    role: Role
    path: str
    #: What is sent to it before it is looked at: a form that comes again with what is wrong.
    sent: dict[str, str] = field(default_factory=dict)
    status: int = 200


def every_page(world: World) -> Iterator[Visit]:
    """Each once, though rows of the table may share it."""
    visits = (*_of_the_table(world), *_besides(world))
    yield from {(visit.role, visit.path, *visit.sent.items()): visit for visit in visits}.values()


def _of_the_table(world: World) -> Iterator[Visit]:
    routes = all_routes()
    walk = Walk(Role.VISITOR, Client(), SimpleCookie(), world, routes)
    for row in ROWS:
        met = _who_meets(row)
        if met and _is_page(routes[row.route]) and not row.of.startswith("stolen"):
            role, place = met
            parts = walk.parts(row, place)
            data = {name: value.format(**parts) for name, value in row.data.items()}
            yield Visit(role, walk.path(row, parts), data if row.method == "POST" else {})


def _is_page(route: Route) -> bool:
    ours = not route.pattern.startswith(CMS) and not FILE.search(route.pattern)
    return ours and route.key not in NO_PAGES


def _who_meets(row: Row) -> tuple[Role, Place] | None:
    shown = Outcome.OK if row.method == "GET" else Outcome.AGAIN
    for role in EYES:
        cell = row.cells[role]
        for place, met in ((Place.HOME, cell.own), (Place.AWAY, cell.other)):
            if met == shown:
                return role, place
    return None


def _besides(world: World) -> Iterator[Visit]:
    """Pages that no row of the table shows with 200."""
    home = world.home
    stops = make_unsubscribe_link(home.people["officer"], kind_of("proposed"))
    yield Visit(Role.VISITOR, stops)
    yield Visit(Role.VISITOR, "/ru/")
    for role in (Role.VISITOR, Role.OFFICER):
        yield Visit(role, "/en/nothing/is/here/", status=404)
    for name, of in FORMS:
        yield Visit(Role.OFFICER, reverse(name, args=[home.objects[of]["pk"]]))
