"""What mails say, to whom, in which language."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from exchange import notices
from exchange.answer_links import hash_nonce, new_nonce, read_token
from exchange.models import Invitation
from exchange.notices import Issued
from exchange.queries.invitations import with_facts
from portal.models import OutboxMessage, User
from tests.factories import FixtureFactory, MembershipFactory

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
UNTIL = datetime(2027, 2, 17, 12, tzinfo=UTC)
TERMS = [
    {"name": "strength", "points": 480.4, "of": 600, "params": {"gap": 31.2}},
    {"name": "distance", "points": 294.3, "of": 400, "params": {"km": 92.1}},
    {"name": "prefer", "points": 0, "of": 100, "params": {"wished": 0}},
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def fixture():
    row = FixtureFactory(
        invited__until=UNTIL, terms=TERMS, distance_km=92.1,
        host_request__team__name="BSU Bears", host_request__team__club__name="Bears & <Friends>",
        host_request__team__club__university__name="Belarusian State University",
        host_request__team__home_venue__name="Great Hall",
        guest_request__team__name="Wilno Wolves", guest_request__team__club__university__city="Vilnius",
        guest_request__team__club__university__names={"ru": "Вильнюсский университет"},
        guest_request__team__club__university__name="Vilnius University",
    )  # fmt: skip
    for team in (row.host, row.guest):
        MembershipFactory(club=team.club)
    return row


def officer(team) -> User:
    return team.club.memberships.get().user


def mail_to(person: User):
    return message_from_bytes(bytes(OutboxMessage.objects.get(recipient=person.email).mime), policy=default)


def parts(person: User) -> tuple[str, str, str]:
    """Subject, text, HTML."""
    mail = mail_to(person)
    text = mail.get_body(("plain",)).get_content()
    return mail["Subject"].strip(), text, mail.get_body(("html",)).get_content()


def links(html: str) -> set[str]:
    return set(re.findall(r'href="([^"]+)"', html)) - {"http://portal.test"}


def invite(fixture, side: str = "guest"):
    nonce = new_nonce()
    invitation = fixture.invitations.get(side=side)
    invitation.nonce_hash = hash_nonce(nonce)
    invitation.save()
    notices.tell_invited(issued=[Issued(invitation, nonce)], now=NOW)
    return invitation


def test_an_invitation_says_everything_and_carries_one_link(fixture):
    invitation = invite(fixture)
    person = officer(fixture.guest)
    subject, text, html = parts(person)
    assert subject == "Invitation: Wilno Wolves – BSU Bears, Saturday, 6 March 2027"
    for fact in (
        "BSU Bears, Bears & <Friends>, Belarusian State University (Minsk)",
        "Wilno Wolves, ",
        "Vilnius University (Vilnius)",
        "Sport: Basketball, Men",
        "Date: Saturday, 6 March 2027",
        "Place: Great Hall, Minsk",
        "Distance: 92 km",
        "Season: Spring 2027",
        "BSU Bears would host you",
        "Rated 31 points apart: 480 of 600",
        "92 km apart: 294 of 400",
        "Neither asked to meet the other: 0 of 100",
        "17 February 2027, 15:00 (Europe/Minsk)",
    ):
        assert fact in text
    assert "Bears &amp; &lt;Friends&gt;" in html
    assert "<Friends>" not in html
    (link,) = links(html)
    assert link in text
    key = read_token(link.rstrip("/").rsplit("/", 1)[1], now=NOW)
    assert (key.invitation_id, key.user_id) == (invitation.pk, person.pk)
    row = OutboxMessage.objects.get()
    assert (row.kind, row.dedupe_key) == ("invitation", f"invitation:{invitation.pk}:1:{person.pk}")


def test_the_host_is_asked_as_host(fixture):
    invite(fixture, "host")
    assert "Wilno Wolves would travel to you" in parts(officer(fixture.host))[1]


def test_each_officer_has_a_link_of_their_own(fixture):
    second = MembershipFactory(club=fixture.guest.club).user
    invite(fixture)
    people = fixture.guest.club.memberships.values_list("user", flat=True)
    found = {links(parts(User.objects.get(pk=pk))[2]).pop() for pk in people}
    assert len(found) == 2
    assert second.pk in {read_token(link.rstrip("/").rsplit("/", 1)[1], now=NOW).user_id for link in found}


def test_a_mail_speaks_the_language_of_its_reader(fixture):
    person = officer(fixture.host)
    person.language = "ru"
    person.save()
    invite(fixture, "host")
    subject, text, html = parts(person)
    assert "6 марта 2027" in subject
    assert "Вильнюсский университет" in text
    assert '<html lang="ru">' in html


def test_without_a_venue_the_place_is_the_city(fixture):
    fixture.venue = None
    fixture.save()
    invite(fixture)
    assert "Place: Minsk (venue to be agreed)" in parts(officer(fixture.guest))[1]


@pytest.mark.parametrize("side", ["host", "guest"])
def test_a_confirmation_goes_to_both_and_links_to_the_fixture(fixture, side):
    notices.tell_confirmed(fixture=fixture, now=NOW)
    team = getattr(fixture, side)
    subject, text, html = parts(officer(team))
    assert subject.startswith(f"Confirmed: {team} – ")
    assert "Both sides have accepted" in text
    assert links(html) == {f"http://portal.test/exchange/fixtures/{fixture.pk}/"}
    assert OutboxMessage.objects.count() == 2


def noted(fixture) -> None:
    for request, note in (
        (fixture.host_request, "Shoes <b>off</b>\r\n& quiet"),
        (fixture.guest_request, "Ours"),
    ):
        request.notes = note
        request.save()


def tells_the_note(person: User) -> bool:
    _subject, text, html = parts(person)
    told = "A note from BSU Bears:\nShoes <b>off</b>\n& quiet\n" in text.replace("\r\n", "\n")
    shown = "A note from BSU Bears:<br>Shoes &lt;b&gt;off&lt;/b&gt;<br>&amp; quiet" in html
    assert "Ours" not in text + html
    return told and shown


def test_an_invitation_carries_the_note_of_the_opponent(fixture):
    noted(fixture)
    invite(fixture)
    assert tells_the_note(officer(fixture.guest))


def test_a_confirmation_carries_the_note_of_the_opponent(fixture):
    noted(fixture)
    notices.tell_confirmed(fixture=fixture, now=NOW)
    assert tells_the_note(officer(fixture.guest))
    assert "A note from Wilno Wolves:\nOurs" in parts(officer(fixture.host))[1].replace("\r\n", "\n")


def test_without_a_note_none_is_announced(fixture):
    invite(fixture)
    assert "A note from" not in parts(officer(fixture.guest))[1]


def test_a_reason_of_the_list_is_told_in_the_language_of_the_reader(fixture):
    person = officer(fixture.host)
    person.language = "ru"
    person.save()
    kept = "The trip is too far or too dear. Sorry!"
    notices.tell_declined(fixture=fixture, by=fixture.guest, reason=kept, now=NOW)
    for part in parts(person)[1:]:
        assert "Поездка слишком дальняя или дорогая. Sorry!" in part


def test_a_refusal_goes_to_the_other_side_with_its_reason(fixture):
    notices.tell_declined(fixture=fixture, by=fixture.guest, reason="Exams <b>all</b> week", now=NOW)
    subject, text, html = parts(officer(fixture.host))
    assert subject.startswith("Declined: BSU Bears – Wilno Wolves")
    assert "They write: Exams <b>all</b> week" in text
    assert "Exams &lt;b&gt;all&lt;/b&gt; week" in html
    assert OutboxMessage.objects.count() == 1


def test_a_refusal_without_a_reason_quotes_nothing(fixture):
    notices.tell_declined(fixture=fixture, by=fixture.host, reason="", now=NOW)
    assert "They write" not in parts(officer(fixture.guest))[1]


def test_silence_is_told_to_each_side_in_its_own_words(fixture):
    notices.tell_expired(fixture=fixture, silent=[fixture.guest], now=NOW)
    assert "Nobody has answered for Wilno Wolves in time" in parts(officer(fixture.guest))[1]
    assert "Wilno Wolves has not answered in time" in parts(officer(fixture.host))[1]


def test_the_same_notice_is_written_once(fixture):
    for _ in range(2):
        notices.tell_confirmed(fixture=fixture, now=NOW)
        invite(fixture)
        notices.tell_expired(fixture=fixture, silent=[], now=NOW + timedelta(hours=1))
    assert OutboxMessage.objects.count() == 5


@pytest.mark.parametrize("count", [1, 10])
def test_many_invitations_cost_their_mails_and_nothing_more(count, monkeypatch, django_assert_num_queries):
    for _ in range(count):
        MembershipFactory(club=FixtureFactory(terms=TERMS).guest.club)
    written = []
    monkeypatch.setattr(notices, "notify", lambda **told: written.append(told["dedupe_key"]))
    rows = list(with_facts(Invitation.objects.filter(side="guest")))
    with django_assert_num_queries(1):
        notices.tell_invited(issued=[Issued(row, "nonce") for row in rows], now=NOW)
    assert len(written) == count
