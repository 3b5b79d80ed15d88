"""What calendars are told by mail, read back as they read it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from icalendar import Calendar

from exchange import notices
from exchange.actions.fixtures import By, cancel_fixture, postpone_fixture, withdraw_fixture
from exchange.actions.invitations import accept_invitation, decline_invitation, expire_invitations
from exchange.answer_links import hash_nonce
from exchange.enums import Actor, AnswerWay
from exchange.models import Fixture
from portal.inbound.addresses import CALENDAR, tagged
from portal.models import OutboxMessage, User
from tests.factories import FixtureFactory, MembershipFactory

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
UNTIL = datetime(2027, 2, 17, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.REPLY_ADDRESS = "portal@example.org"


def make(**facts: object) -> Fixture:
    fixture = FixtureFactory(
        invited__until=UNTIL,
        host_request__team__name="BSU Bears",
        guest_request__team__name="Wilno Wolves",
        host_request__team__home_venue__name="Great Hall",
        **facts,
    )
    for team in (fixture.host, fixture.guest):
        MembershipFactory(club=team.club)
    return fixture


@pytest.fixture
def fixture():
    return make()


def officer(team) -> User:
    return team.club.memberships.get().user


def invite(fixture: Fixture, side: str = "guest"):
    invitation = fixture.invitations.get(side=side)
    invitation.nonce_hash = hash_nonce("nonce")
    invitation.save()
    notices.tell_invited(issued=[notices.Issued(invitation, "nonce")], now=NOW)
    return invitation


def part_of(row: OutboxMessage):
    mail = message_from_bytes(bytes(row.mime), policy=default)
    assert mail.get_content_type() == "multipart/alternative"
    *_words, part = mail.iter_parts()
    return part


def told(kind: str, person: User):
    """METHOD and event of the last mail of this kind."""
    row = OutboxMessage.objects.filter(kind=kind, recipient=person.email).latest("pk")
    part = part_of(row)
    calendar = Calendar.from_ical(part.get_content())
    assert part["Content-Type"].params["method"] == calendar["METHOD"]
    (event,) = calendar.events
    return str(calendar["METHOD"]), event


def accept(fixture: Fixture, *sides: str) -> None:
    for side in sides:
        mine = fixture.invitations.get(side=side)
        accept_invitation(invitation=mine, by=officer(mine.team), via=AnswerWay.PORTAL, now=NOW)
    fixture.refresh_from_db()


def test_an_invitation_asks_the_calendar_of_its_reader(fixture):
    invitation = invite(fixture)
    person = officer(fixture.guest)
    method, event = told("invitation", person)
    assert method == "REQUEST"
    assert (event["UID"], event["SEQUENCE"]) == (str(fixture.uid), 0)
    assert event["STATUS"] == "TENTATIVE"
    assert event["SUMMARY"] == "Not confirmed: BSU Bears – Wilno Wolves"
    assert event["LOCATION"] == "Great Hall, Minsk"
    assert event["GEO"].to_ical() == "53.9;27.56667"
    assert event["DTSTAMP"].dt == NOW
    assert event["URL"] == f"http://portal.test/exchange/fixtures/{fixture.pk}/"
    assert event["ORGANIZER"] == f"mailto:{tagged(CALENDAR, invitation.pk, person.pk)}"
    attendee = event["ATTENDEE"]
    assert attendee == f"mailto:{person.email}"
    assert (attendee.params["PARTSTAT"], attendee.params["RSVP"]) == ("NEEDS-ACTION", "TRUE")


def test_a_calendar_holds_no_secret_of_the_mail(fixture):
    fixture.host_request.notes = "Side door code 4711"
    fixture.host_request.save()
    invite(fixture)
    words = part_of(OutboxMessage.objects.get()).get_content()
    assert "answer/" not in words
    assert "4711" not in words
    assert "answer/" in bytes(OutboxMessage.objects.get().mime).decode()


@pytest.mark.parametrize(
    ("zone", "day", "in_utc"),
    [
        ("Europe/Vilnius", date(2027, 3, 6), datetime(2027, 3, 6, 13, 30, tzinfo=UTC)),
        ("Europe/Vilnius", date(2027, 4, 10), datetime(2027, 4, 10, 12, 30, tzinfo=UTC)),
        ("Europe/Minsk", date(2027, 4, 10), datetime(2027, 4, 10, 12, 30, tzinfo=UTC)),
        ("America/New_York", date(2027, 3, 13), datetime(2027, 3, 13, 20, 30, tzinfo=UTC)),
        ("America/New_York", date(2027, 3, 14), datetime(2027, 3, 14, 19, 30, tzinfo=UTC)),
    ],
)
def test_the_kick_off_is_the_same_moment_in_winter_and_summer(zone, day, in_utc):
    fixture = make(time_zone=zone, date=day, kick_off=time(15, 30))
    invite(fixture)
    _method, event = told("invitation", officer(fixture.guest))
    assert event["DTSTART"].params["TZID"] == zone
    assert event.start.replace(tzinfo=None) == datetime.combine(day, time(15, 30))
    assert event.start.astimezone(UTC) == in_utc == fixture.starts_at
    assert event.end.astimezone(UTC) == in_utc + timedelta(hours=3)


@pytest.mark.parametrize(("month", "offset"), [(3, 2), (4, 3)])
def test_the_zone_in_the_calendar_says_the_same_as_ours(month, offset):
    """To who knows no Europe/Vilnius: by the VTIMEZONE alone."""
    fixture = make(time_zone="Europe/Vilnius", date=date(2027, month, 10))
    invite(fixture)
    calendar = Calendar.from_ical(part_of(OutboxMessage.objects.get()).get_content())
    (zone,) = calendar.timezones
    wall = datetime(2027, month, 10, 15, tzinfo=zone.to_tz(lookup_tzid=False))
    assert wall.utcoffset() == timedelta(hours=offset)


def test_a_time_that_the_clocks_leap_over_is_an_hour_later():
    fixture = make(time_zone="Europe/Vilnius", date=date(2027, 3, 28), kick_off=time(3, 30))
    invite(fixture)
    _method, event = told("invitation", officer(fixture.guest))
    assert event.start.replace(tzinfo=None) == datetime(2027, 3, 28, 4, 30)  # noqa: DTZ001
    assert event.start.astimezone(UTC) == fixture.starts_at


def test_when_both_have_accepted_the_entry_is_confirmed_and_keeps_its_sequence(fixture):
    accept(fixture, "host", "guest")
    for team in (fixture.host, fixture.guest):
        method, event = told("confirmed", officer(team))
        assert (method, event["STATUS"], event["SEQUENCE"]) == ("REQUEST", "CONFIRMED", 0)
        assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
        assert event["ATTENDEE"].params["RSVP"] == "FALSE"
        assert event["SUMMARY"] == "BSU Bears – Wilno Wolves"


def cancel(fixture):
    accept(fixture, "host", "guest")
    cancel_fixture(fixture=fixture, by=By(Actor.HOST), reason="Flood", now=NOW)


def postpone(fixture):
    accept(fixture, "host", "guest")
    postpone_fixture(fixture=fixture, by=By(Actor.HOST), reason="Flood", now=NOW)


def take_back(fixture):
    accept(fixture, "host")
    withdraw_fixture(fixture=fixture, by=By(Actor.HOST), reason="", now=NOW)


def decline(fixture):
    mine = fixture.invitations.get(side="host")
    decline_invitation(invitation=mine, by=None, via=AnswerWay.PORTAL, reason="", now=NOW)


def be_silent(fixture):
    expire_invitations(now=UNTIL + timedelta(hours=1))


@pytest.mark.parametrize(
    ("kind", "happens"),
    [
        ("cancelled", cancel),
        ("postponed", postpone),
        ("withdrawn", take_back),
        ("declined", decline),
        ("expired", be_silent),
    ],
)
def test_what_is_off_leaves_the_calendar_by_a_newer_sequence(fixture, kind, happens):
    happens(fixture)
    method, event = told(kind, officer(fixture.guest))
    assert (method, event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert event["UID"] == str(fixture.uid)
    assert event["ATTENDEE"] == f"mailto:{officer(fixture.guest).email}"


def test_the_organizer_of_a_person_stays_the_same(fixture):
    invite(fixture)
    accept(fixture, "host", "guest")
    person = officer(fixture.guest)
    assert told("invitation", person)[1]["ORGANIZER"] == told("confirmed", person)[1]["ORGANIZER"]
    assert (
        told("confirmed", person)[1]["ORGANIZER"] != told("confirmed", officer(fixture.host))[1]["ORGANIZER"]
    )


def test_where_nobody_reads_answers_no_calendar_asks_for_one(fixture, settings):
    settings.REPLY_ADDRESS = ""
    invite(fixture)
    method, event = told("invitation", officer(fixture.guest))
    assert method == "PUBLISH"
    assert "ATTENDEE" not in event


def test_the_words_are_in_the_language_of_the_reader(fixture):
    person = officer(fixture.guest)
    person.language = "ru"
    person.save()
    invite(fixture)
    assert "Баскетбол" in told("invitation", person)[1]["DESCRIPTION"]


def test_a_name_cannot_write_into_the_calendar(fixture):
    fixture.host.name = "Bears\r\nATTENDEE:mailto:x@example.org;,\\"
    fixture.host.save()
    invite(fixture)
    _method, event = told("invitation", officer(fixture.guest))
    assert not isinstance(event["ATTENDEE"], list)
    assert "ATTENDEE:mailto:x@example.org;,\\" in event["SUMMARY"]
