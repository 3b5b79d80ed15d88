"""Writes the demonstration into an empty database: all of it or nothing."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from operator import attrgetter

from django.conf import settings
from django.db import transaction
from django.utils.html import escape
from django_countries import countries

from portal.actions.pages import publish_new_page
from portal.actions.register import import_register
from portal.actions.site import lay_out_site
from portal.actions.universities import appoint, join_university
from portal.enums import UniversityRole
from portal.models import HomePage, StandardPage, University, User
from portal.register.entries import RegisterEntry
from portal.search.keep import index_all

from .agreements import add_agreements
from .generate import demo_content
from .houses import houses
from .news import add_news
from .pages import written_page
from .people import COORDINATOR, HOME, make_people
from .progress import each
from .texts import university_intro
from .trouble import Trouble
from .types import DemoContent, DemoUniversity

#: The portal has been running for a while when the demonstration begins.
RUNNING_FOR = timedelta(days=150)


def is_seeded() -> bool:
    """Raises Trouble for a database that others work with: the demo answers invitations in clubs' names."""
    if not University.objects.members().exists():
        return False
    if not User.objects.filter(email=COORDINATOR).exists():
        raise Trouble("Universities have joined in this database already; the demo fills an empty one only.")
    return True


@transaction.atomic
def seed(now: datetime) -> None:
    if settings.DEMO_PASSWORD is None:
        raise Trouble("The demo's people share a password that everyone knows: local settings only.")
    if is_seeded():
        raise Trouble("The demo is in this database already.")
    content, since = demo_content(), now - RUNNING_FOR
    _lay_out(since)
    _add_universities(content, since)
    people = make_people()
    home = University.objects.get(ror=HOME)
    appoint(user=people.coordinator, university=home, role=UniversityRole.COORDINATOR)
    appoint(user=people.researcher, university=home, role=UniversityRole.RESEARCHER)
    for house in houses():
        house.seed(content=content, people=people, since=since, now=now)
    others = University.objects.members().exclude(pk=home.pk)
    add_news(home=home, guest=others.filter(country=home.country).order_by("name").first(), now=now)
    add_agreements(home=home, now=now)
    # Teams and events come in bulk.
    index_all()


def _lay_out(now: datetime) -> None:
    home, universities = written_page("home"), written_page("universities")
    lay_out_site(
        now=now, title=home.title, lead=home.lead, body=home.body, universities_lead=universities.lead
    )
    for name in ("clubs", "projects"):
        text = written_page(name)
        page = StandardPage(title=text.title, slug=f"about-{name}", lead=text.lead, body=text.body)
        publish_new_page(page=page, parent=HomePage.objects.get(), now=now)


def _add_universities(content: DemoContent, now: datetime) -> None:
    import_register(entries=map(register_entry, content.universities))
    rows = University.objects.in_bulk(field_name="ror")
    sports = _sports_by_university(content)
    # By name, as collections are kept: each goes to the end of the tree, and nothing has to move.
    for facts in each(sorted(content.universities, key=attrgetter("name")), "Universities"):
        country = countries.name(facts.country)
        intro = escape(university_intro(facts.name, facts.city, country, sports[facts.ror]))
        join_university(university=rows[facts.ror], intro=f"<p>{intro}</p>", now=now)


def register_entry(facts: DemoUniversity) -> RegisterEntry:
    names = {"ru": facts.name_ru, "be": facts.name_be}
    return RegisterEntry(
        ror=facts.ror,
        name=facts.name,
        short_name=facts.short_name,
        names={language: name for language, name in names.items() if name},
        country=facts.country,
        city=facts.city,
        lat=facts.lat,
        lon=facts.lon,
        time_zone=facts.time_zone,
    )


def _sports_by_university(content: DemoContent) -> defaultdict[str, set[str]]:
    homes = {club.key: club.university for club in content.clubs}
    sports: defaultdict[str, set[str]] = defaultdict(set)
    for team in content.teams:
        sports[homes[team.club]].add(team.sport)
    return sports
