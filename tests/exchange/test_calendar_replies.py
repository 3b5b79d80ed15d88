"""Answers that calendar programs give by mail: who may, which counts, and what each comes to."""

from __future__ import annotations

import email
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from email.policy import default

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from exchange.actions.fixtures import By, cancel_fixture
from exchange.actions.invitations import accept_invitation, decline_invitation
from exchange.calendar.answers import UnreadableCalendarError, read_calendar
from exchange.enums import Actor, AnswerWay
from exchange.models import DateOffer, Fixture, Invitation
from portal.inbound.parsed import ParsedMail
from portal.inbound.read import read_mail
from portal.inbound.store import store_mail
from portal.models import InboundMail, OutboxMessage, User
from tests.factories import FixtureFactory, MembershipFactory

from .calendar_replies import SHAPES, exchange, gmail, said, thunderbird

NOW = datetime(2027, 2, 11, 12, tzinfo=UTC)
UNTIL = datetime(2027, 2, 17, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.REPLY_ADDRESS = "portal@example.org"


@pytest.fixture
def fixture():
    row = FixtureFactory(invited__until=UNTIL)
    for team in (row.host, row.guest):
        MembershipFactory(club=team.club)
    return row


@pytest.fixture
def invitation(fixture):
    return fixture.invitations.get(side="guest")


@pytest.fixture
def person(fixture):
    return officer(fixture.guest)


def officer(team) -> User:
    return team.club.memberships.get().user


def receive(raw: bytes, *, now: datetime = NOW) -> InboundMail:
    return read_mail(mail_id=store_mail(raw, now=now).pk, now=now)


def state_of(invitation: Invitation) -> str:
    invitation.refresh_from_db()
    return invitation.state


def accept_both(fixture: Fixture) -> None:
    for mine in fixture.invitations.all():
        accept_invitation(invitation=mine, by=officer(mine.team), via=AnswerWay.PORTAL, now=NOW)


def refusals() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind="reply_refused"))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_yes_accepts_whatever_program_sends_it(shape, invitation, person):
    mail = receive(shape(said(invitation, person)))
    assert (mail.state, mail.handler, mail.outcome) == ("done", "calendar", "Accepted from a calendar.")
    assert state_of(invitation) == "accepted"
    assert (invitation.answered_by, invitation.answered_via) == (person, "calendar")
    assert invitation.answered_at == NOW


@pytest.mark.parametrize("shape", SHAPES)
def test_a_no_declines_with_its_comment(shape, invitation, person):
    mail = receive(shape(said(invitation, person, partstat="DECLINED", comment="Exams\\, all week")))
    assert (mail.state, mail.outcome) == ("done", "Declined from a calendar.")
    assert state_of(invitation) == "declined"
    assert invitation.decline_reason == "Exams, all week"
    assert Fixture.objects.get().state == "declined"


def test_perhaps_is_noted_and_is_no_answer(invitation, person):
    assert receive(gmail(said(invitation, person, partstat="TENTATIVE"))).state == "done"
    assert state_of(invitation) == "sent"
    assert invitation.tentative_at == NOW


def test_the_same_answer_twice_does_nothing(invitation, person):
    one = said(invitation, person)
    receive(gmail(one))
    moves = invitation.fixture.moves.count()
    mail = receive(thunderbird(one))
    assert (mail.state, mail.outcome) == ("done", "The same answer as before.")
    assert invitation.fixture.moves.count() == moves
    assert refusals() == []


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"sender": "eve@example.org"}, "Not sent from the address"),
        ({"attendee": "eve@example.org"}, "Not sent from the address"),
        ({"organizer": "portal+c.1.1.aaaaaaaaaaaaaaaa@example.org"}, "without the address"),
        ({"organizer": "portal@example.org"}, "without the address"),
        ({"uid": "5f0c9d5e-0000-4000-8000-000000000000"}, "another event"),
        ({"sequence": 1}, "another date"),
        ({"method": "REQUEST"}, "no answer"),
        ({"partstat": "DELEGATED"}, "neither yes, no nor perhaps"),
    ],
)
def test_what_proves_nothing_is_put_aside(invitation, person, change, outcome):
    mail = receive(gmail(said(invitation, person).but(**change)))
    assert mail.state == "put_aside"
    assert outcome in mail.outcome
    assert state_of(invitation) == "sent"
    assert not OutboxMessage.objects.exists()


def test_the_address_of_a_colleague_is_no_proof_of_mine(fixture, invitation, person):
    colleague = MembershipFactory(club=fixture.guest.club).user
    mine = said(invitation, person).but(sender=colleague.email, attendee=colleague.email)
    assert receive(gmail(mine)).state == "put_aside"
    assert state_of(invitation) == "sent"


def test_capitals_make_no_other_address(invitation, person):
    one = said(invitation, person).but(sender=person.email.upper())
    assert receive(exchange(one)).state == "done"
    assert state_of(invitation) == "accepted"


def test_who_acts_for_the_club_no_more_answers_nothing(fixture, invitation, person):
    one = said(invitation, person)
    fixture.guest.club.memberships.all().delete()
    assert "may not act" in receive(gmail(one)).outcome
    assert state_of(invitation) == "sent"


def test_a_closed_account_answers_nothing(invitation, person):
    one = said(invitation, person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert "is gone" in receive(gmail(one)).outcome
    assert state_of(invitation) == "sent"


def test_an_answer_to_an_older_date_is_never_applied(fixture, invitation, person):
    one = said(invitation, person)
    Fixture.objects.filter(pk=fixture.pk).update(sequence=1)
    mail = receive(gmail(one))
    assert (mail.state, mail.detail) == ("put_aside", "SEQUENCE 0, 1")
    assert state_of(invitation) == "sent"


def test_of_two_answers_of_a_person_the_later_one_counts_however_they_arrive(invitation, person):
    decline_invitation(invitation=invitation, by=person, via=AnswerWay.CALENDAR, reason="", now=NOW)
    mail = receive(gmail(said(invitation, person, stamp=NOW - timedelta(minutes=5))))
    assert (mail.state, mail.outcome[:15]) == ("done", "An older answer")
    assert refusals() == []


def test_who_can_accept_no_more_is_told_what_stands(fixture, invitation, person):
    one = said(invitation, person)
    other = fixture.invitations.get(side="host")
    decline_invitation(invitation=other, by=None, via=AnswerWay.PORTAL, reason="", now=NOW)
    mail = receive(gmail(one))
    assert mail.state == "done"
    (told,) = refusals()
    assert told.recipient == person.email
    words = email.message_from_bytes(bytes(told.mime), policy=default)
    assert words["Auto-Submitted"] == "auto-replied"
    text = words.get_body(("plain",)).get_content()
    assert "The other side will not play" in text
    assert state_of(invitation) == "withdrawn"


def test_many_such_answers_make_one_mail(fixture, invitation, person):
    one = said(invitation, person)
    other = fixture.invitations.get(side="host")
    decline_invitation(invitation=other, by=None, via=AnswerWay.PORTAL, reason="", now=NOW)
    for number in range(3):
        receive(gmail(one.but(headers=(f"X-Number: {number}",))))
    assert len(refusals()) == 1


def test_a_program_that_answers_by_itself_is_told_nothing(fixture, invitation, person):
    one = said(invitation, person, headers=("Auto-Submitted: auto-replied",))
    other = fixture.invitations.get(side="host")
    decline_invitation(invitation=other, by=None, via=AnswerWay.PORTAL, reason="", now=NOW)
    assert receive(gmail(one)).state == "done"
    assert refusals() == []


def test_a_no_after_both_had_agreed_cancels_nothing_and_says_how_to(fixture, invitation, person):
    accept_both(fixture)
    later = NOW + timedelta(hours=1)
    mail = receive(gmail(said(invitation, person, partstat="DECLINED", stamp=later)), now=later)
    assert (mail.state, mail.outcome[:30]) == ("put_aside", "Declined after both had agreed")
    assert Fixture.objects.get().state == "confirmed"
    (told,) = refusals()
    text = email.message_from_bytes(bytes(told.mime), policy=default).get_body(("plain",)).get_content()
    assert "To cancel, open the page of the fixture" in text
    assert f"/exchange/fixtures/{fixture.pk}/" in text


def test_a_yes_to_what_was_cancelled_changes_nothing(fixture, invitation, person):
    accept_both(fixture)
    cancel_fixture(fixture=fixture, by=By(Actor.HOST), reason="Flood", now=NOW)
    one = said(invitation, person, stamp=NOW + timedelta(hours=1))
    receive(gmail(one), now=NOW + timedelta(hours=1))
    assert Fixture.objects.get().state == "cancelled"
    assert state_of(invitation) == "withdrawn"


@pytest.mark.parametrize(
    "times",
    [
        ("DTSTART;TZID=Russian Standard Time:20270313T163000",),
        ("DTSTART;TZID=Europe/Minsk:20270313T163000",),
        ("DTSTART:20270313T133000Z",),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Moscow:20270313T163000",),
    ],
)
def test_another_date_becomes_an_offer_in_the_time_of_the_venue(invitation, person, times):
    one = said(
        invitation, person, method="COUNTER", partstat="TENTATIVE", times=times, comment="A week later?"
    )
    mail = receive(exchange(one))
    assert (mail.state, mail.outcome) == ("done", "Another date was offered from a calendar.")
    offer = DateOffer.objects.get()
    assert (offer.side, offer.note, offer.created_by) == ("guest", "A week later?", person)
    day = offer.dates.get()
    assert (day.date, day.kick_off) == (date(2027, 3, 13), time(16, 30))


@pytest.mark.parametrize(
    "times", [("DTSTART;TZID=Moon/Tycho:20270313T163000",), ("DTSTART:20270313T163000",), ()]
)
def test_another_date_of_an_unknown_zone_is_for_a_person(invitation, person, times):
    mail = receive(gmail(said(invitation, person, method="COUNTER", times=times)))
    assert (mail.state, mail.outcome[:12]) == ("put_aside", "Another date")
    assert not DateOffer.objects.exists()


def test_a_date_that_is_not_possible_is_refused_by_mail(invitation, person):
    one = said(invitation, person, method="COUNTER", times=("DTSTART:20300101T120000Z",))
    assert receive(gmail(one)).state == "done"
    assert not DateOffer.objects.exists()
    assert len(refusals()) == 1


def test_a_zone_that_one_mail_defines_means_nothing_in_the_next(invitation, person):
    """The second says the same name and leaves it to us."""
    first = exchange(said(invitation, person)).replace(b"+0300", b"-1100")
    one = said(invitation, person, partstat="TENTATIVE")
    receive(first)
    read = read_calendar(ParsedMail(email.message_from_bytes(exchange(one), policy=default)))
    assert read.start == datetime(2027, 3, 6, 12, tzinfo=UTC)


def test_a_mail_of_a_person_to_that_address_is_not_ours(invitation, person):
    raw = b"From: %b\r\nTo: %b\r\n\r\nYes!" % (
        person.email.encode(),
        said(invitation, person).organizer.encode(),
    )
    assert receive(raw).handler != "calendar"


@pytest.mark.parametrize("spoil", [b"BEGIN:VEVENT", b"END:VCALENDAR", b"END:VEVENT"])
def test_a_broken_calendar_is_put_aside(invitation, person, spoil):
    mail = receive(thunderbird(said(invitation, person)).replace(spoil, b"%%%"))
    assert mail.state == "put_aside"
    assert state_of(invitation) == "sent"


WORDS = (
    "BEGIN: END: VCALENDAR VEVENT VTIMEZONE VALARM STANDARD UID DTSTART DTSTAMP SEQUENCE ATTENDEE ORGANIZER"
    " RRULE METHOD REPLY COMMENT ; : , = mailto: PARTSTAT ACCEPTED TZID VALUE DATE PERIOD FREQ SECONDLY X-"
    ' \\ " 1 99999999T999999Z -1'
)
PIECES = st.sampled_from([*WORDS.split(), "\r\n", "\r\n", "\n ", "\0", "\ufeff", "é", " "])


@examples(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=200)))
def test_whatever_a_calendar_holds_nothing_escapes(body):
    message = email.message.EmailMessage()
    calendar = f"BEGIN:VCALENDAR\r\n{body}\r\nEND:VCALENDAR"
    message.set_content(calendar.encode("utf-8", "replace"), "text", "calendar")
    with suppress(UnreadableCalendarError):
        read_calendar(ParsedMail(message))


@examples(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_cut_or_changed_in_an_answer_the_handler_survives(data, invitation, person):
    raw = bytearray(data.draw(st.sampled_from(SHAPES))(said(invitation, person)))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
    assert receive(bytes(raw)).state in ("done", "put_aside")
