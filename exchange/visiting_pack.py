"""The visiting information: all that a travelling team needs, as one list of facts in the reader's language.

The page (templates/exchange/pack.html) and the PDF (exchange/pack_pdf.py) show the same list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from exchange.arranging import label_of
from exchange.enums import Side
from exchange.models import Arrangements, Fixture, Team, Venue
from exchange.words import day_words, moment_words, number_words

MAP = "https://www.openstreetmap.org/?mlat={lat:.5f}&mlon={lon:.5f}#map=17/{lat:.5f}/{lon:.5f}"


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Pack:
    title: str
    lead: str
    #: Whether the host has said that all of this holds, and until when it is known.
    standing: str
    sections: list[Section]
    advice: str
    #: Where the newest stands, and where a fixture is called off.
    page: Row
    fixture: Row


def pack_of(fixture: Fixture, row: Arrangements, *, now: datetime) -> Pack:
    """The fixture comes with its sides and requests loaded: no query."""
    page = settings.BASE_URL + reverse("exchange:pack", args=[fixture.pk])
    return Pack(
        title=f"{fixture.host} – {fixture.guest}",
        lead=f"{fixture.host.played.name}, {fixture.host.get_category_display()}",
        standing=_standing(fixture, row, now),
        sections=[
            Section(_("When and where"), list(_when_and_where(fixture, row))),
            Section(_("Host"), list(_host(fixture, row))),
            Section(_("Guest"), list(_guest(fixture, row))),
        ],
        advice=_(
            "If you cannot play or come later, say so on the page of the fixture, where you can cancel,"
            " postpone or offer another date: the other side is told at once. On the day itself,"
            " call them too."
        ),
        page=Row(_("The newest of this"), page, page),
        fixture=Row(_("Page of the fixture"), _address(fixture), _address(fixture)),
    )


def map_link(venue: Venue) -> str:
    return MAP.format(lat=venue.lat, lon=venue.lon)


def kick_off_elsewhere(fixture: Fixture) -> str:
    """The same moment on the clocks of the guest, where these show another time then; else nothing."""
    zone = fixture.guest.club.university.time_zone
    here, there = fixture.starts_at.astimezone(fixture.time_zone), fixture.starts_at.astimezone(zone)
    return "" if here.utcoffset() == there.utcoffset() else moment_words(fixture.starts_at, zone)


def _address(fixture: Fixture) -> str:
    return settings.BASE_URL + fixture.get_absolute_url()


def _standing(fixture: Fixture, row: Arrangements, now: datetime) -> str:
    told = {"at": moment_words(now, fixture.time_zone)}
    if row.confirmed_at:
        told["confirmed"] = moment_words(row.confirmed_at, fixture.time_zone)
        return _("Confirmed by the host on %(confirmed)s. As known on %(at)s.") % told
    return _("Not confirmed by the host yet. As known on %(at)s.") % told


def _when_and_where(fixture: Fixture, row: Arrangements) -> Iterator[Row]:
    yield Row(_("Day"), day_words(fixture.date))
    yield Row(label_of("kick_off"), f"{time_format(fixture.kick_off)} ({fixture.time_zone})")
    if elsewhere := kick_off_elsewhere(fixture):
        yield Row(_("On the guest’s clocks"), elsewhere)
    city = f"{fixture.host.club.university.city}, {fixture.host.club.university.country.name}"
    if venue := fixture.venue:
        yield Row(label_of("venue"), f"{venue}, {city}")
        yield Row(_("Map"), f"{venue.lat:.5f}, {venue.lon:.5f}", map_link(venue))
    else:
        yield Row(label_of("venue"), f"{city} ({_('venue to be agreed')})")
    yield _said("meeting_point", row.meeting_point)
    distance = _("%(km)s km as the crow flies") % {"km": number_words(fixture.distance_km)}
    yield Row(_("Distance"), distance)


def _host(fixture: Fixture, row: Arrangements) -> Iterator[Row]:
    yield _team(fixture.host)
    yield _contact("host_contact", row.host_contact)
    yield _phone("host_phone", row.host_phone)
    yield _said("host_kit", row.host_kit)
    yield _said("beds_offered", row.beds_offered)
    yield from _notes(row.notes, fixture.note_of(Side.HOST))


def _guest(fixture: Fixture, row: Arrangements) -> Iterator[Row]:
    yield _team(fixture.guest)
    yield _contact("guest_contact", row.guest_contact)
    yield _phone("guest_phone", row.guest_phone)
    yield _said("guest_kit", row.guest_kit)
    yield _said("squad_size", row.squad_size)
    yield from _notes(fixture.note_of(Side.GUEST))


def _team(team: Team) -> Row:
    club = team.club
    return Row(_("Team"), f"{team}, {club}, {club.university}, {club.university.city}")


def _said(name: str, value: str | int | None) -> Row:
    return Row(label_of(name), _("not said yet") if value in (None, "") else str(value))


def _contact(name: str, value: str) -> Row:
    return Row(_("Contact person"), _said(name, value).text)


def _phone(name: str, number: str) -> Row:
    digits = "".join(sign for sign in number if sign in "+0123456789")
    return Row(_("Telephone"), _said(name, number).text, f"tel:{digits}" if digits else "")


def _notes(*notes: str) -> Iterator[Row]:
    for note in filter(None, notes):
        yield Row(_("Note"), note)
