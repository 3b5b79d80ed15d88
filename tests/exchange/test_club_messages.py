"""Writing to a club: its officers read it, nobody learns their addresses, and there are limits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.conf import settings
from django.test import Client

from exchange.actions.club_messages import MOST_BY_WRITER, MOST_TO_CLUB, UnableToWrite, write_to_club
from exchange.actions.clubs import found_club
from exchange.models import Club, ClubMessage, ClubPage
from portal.actions.translations import translate_page
from portal.actions.universities import appoint, join_university
from portal.enums import Delivery, UniversityRole
from portal.models import NoticeChoice, OutboxMessage, User
from tests.factories import ClubFactory, MembershipFactory, UniversityFactory, UserFactory

from .looking import text_of

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 20, 12, tzinfo=UTC)
SAID = {"subject": "A friendly", "text": "Shall we row in May?", "agrees": "on"}


@pytest.fixture
def rowers(db: None) -> Club:
    university = UniversityFactory(slug="minsk")
    join_university(university=university, now=NOW)
    return found_club(university=university, name="Rowers", now=NOW)


@pytest.fixture
def officer(rowers: Club) -> User:
    return MembershipFactory(club=rowers).user


@pytest.fixture
def writer(client: Client) -> User:
    writer = UserFactory(email="ann@example.org", first_name="Ann", last_name="Oar")
    client.force_login(writer)
    return writer


def address(club: Club) -> str:
    return f"/exchange/clubs/{club.pk}/write/"


def mails() -> list:
    rows = OutboxMessage.objects.filter(kind="club_message").order_by("pk")
    return [message_from_bytes(row.mime, policy=default) for row in rows]


def write(club: Club, writer: User, *, now: datetime = NOW) -> ClubMessage:
    return write_to_club(club=club, by=writer, subject="A friendly", text="Shall we?", now=now)


def test_an_officer_reads_it_and_answers_to_the_writer(
    client: Client, rowers: Club, officer: User, writer: User
):
    assert client.post(address(rowers), SAID).status_code == 302
    (mail,) = mails()
    assert mail["To"].addresses[0].addr_spec == officer.email
    assert str(mail["Reply-To"]) == "Ann Oar <ann@example.org>"
    assert mail["Subject"] == "To Rowers: A friendly"
    text = mail.get_body(("plain",)).get_content()
    assert "Ann Oar (ann@example.org) has written to Rowers" in text
    assert "Shall we row in May?" in text


def test_the_pages_do_not_show_the_address_of_an_officer(
    client: Client, rowers: Club, officer: User, writer: User
):
    form = text_of(client.get(address(rowers)))
    sent = text_of(client.post(address(rowers), SAID, follow=True))
    assert "Your message is on its way" in sent
    assert officer.email not in form + sent
    assert officer.first_name not in form + sent


def test_who_reads_russian_comes_back_to_the_russian_page(client: Client, rowers: Club, officer, writer):
    page = translate_page(page=ClubPage.objects.get(club=rowers), language="ru")
    page.slug = "grebtsy"
    page.save_revision().publish()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    there = "/ru/universities/minsk/clubs/grebtsy/"
    assert f'href="{there}"' in text_of(client.get(address(rowers)))
    assert client.post(address(rowers), SAID)["Location"] == there


def test_visitors_sign_in_first(client: Client, rowers: Club):
    assert client.get(address(rowers)).url == f"/accounts/login/?next={address(rowers)}"


def test_an_address_that_nobody_confirmed_is_not_answered_to(
    client: Client, rowers: Club, officer: User, writer
):
    writer.emailaddress_set.update(verified=False)
    assert "Confirm your e-mail address first." in text_of(client.get(address(rowers)))
    with pytest.raises(UnableToWrite, match="Confirm your e-mail address"):
        write(rowers, writer)


def test_without_agreeing_nothing_is_sent_and_nothing_is_lost(client: Client, rowers: Club, officer, writer):
    text = text_of(client.post(address(rowers), SAID | {"agrees": ""}))
    assert "Without this nobody could answer you." in text
    assert "Shall we row in May?" in text
    assert mails() == []


def test_a_program_that_fills_in_everything_is_told_nothing(client: Client, rowers: Club, officer, writer):
    assert client.post(address(rowers), SAID | {"website": "https://spam.example"}).status_code == 302
    assert (mails(), ClubMessage.objects.count()) == ([], 0)


def test_where_a_club_has_no_officer_the_coordinator_reads_it(rowers: Club, writer: User):
    coordinator = UserFactory()
    appoint(user=coordinator, university=rowers.university, role=UniversityRole.COORDINATOR)
    write(rowers, writer)
    assert [mail["To"].addresses[0].addr_spec for mail in mails()] == [coordinator.email]


def test_who_turned_messages_off_is_not_written_to(rowers: Club, officer: User, writer: User):
    NoticeChoice.objects.create(person=officer, kind="club_message", delivery=Delivery.NEVER)
    with pytest.raises(UnableToWrite, match="Nobody of this club reads messages"):
        write(rowers, writer)
    assert ClubMessage.objects.count() == 0


def test_one_person_writes_to_few_clubs_a_day(rowers: Club, officer: User, writer: User):
    for _club in range(MOST_BY_WRITER):
        write(MembershipFactory(club=ClubFactory()).club, writer)
    with pytest.raises(UnableToWrite, match="Please go on tomorrow"):
        write(rowers, writer)
    assert write(rowers, writer, now=NOW + timedelta(hours=25)).club == rowers


def test_one_club_receives_so_many_a_day(rowers: Club, officer: User, writer: User):
    others = UserFactory.create_batch(MOST_TO_CLUB)
    ClubMessage.objects.bulk_create(ClubMessage(club=rowers, writer=one, written_at=NOW) for one in others)
    with pytest.raises(UnableToWrite, match="has received many messages today"):
        write(rowers, writer)


def test_a_name_cannot_add_a_header(rowers: Club, officer: User):
    writer = UserFactory(first_name="Ann\r\nBcc: all@example.org", last_name="")
    write(rowers, writer)
    (mail,) = mails()
    assert mail["Bcc"] is None


def test_a_club_without_a_page_cannot_be_written_to(client: Client, writer: User):
    assert client.get(address(ClubFactory())).status_code == 404
