"""Pages about other dates and about calling off, in the portal and by the link."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from exchange.actions.fixtures import By, cancel_fixture, offer_dates, postpone_fixture
from exchange.actions.invitations import accept_invitation
from exchange.answer_links import hash_nonce, make_link, new_nonce
from exchange.date_rules import ProposedDate
from exchange.enums import Actor, AnswerWay, FixtureState
from exchange.fixture_words import lateness_words
from exchange.models import DateOffer, Fixture
from portal.access import is_administrator
from tests.factories import FixtureFactory, MembershipFactory, UserFactory

from .looking import text_of

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
SIXTH, THIRTEENTH, TWENTIETH = (date(2027, 3, day) for day in (6, 13, 20))

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def fixture() -> Fixture:
    fixture = FixtureFactory(date=SIXTH, kick_off=time(15), invited__until=NOW + timedelta(days=7))
    for team in (fixture.host, fixture.guest):
        MembershipFactory(club=team.club, user__last_name=f"of {team}")
    return fixture


def officer(fixture: Fixture, side: str):
    return fixture.team_of(side).club.memberships.get().user


def confirm(fixture: Fixture) -> None:
    for invitation in fixture.invitations.all():
        accept_invitation(invitation=invitation, by=None, via=AnswerWay.PORTAL, now=NOW)
    fixture.refresh_from_db()


def offered(fixture: Fixture, side: str = "host") -> DateOffer:
    dates = [ProposedDate(day, time(15), fixture.venue) for day in (THIRTEENTH, TWENTIETH)]
    by = By(Actor(side), officer(fixture, side))
    return offer_dates(fixture=fixture, by=by, dates=dates, note="Exams.", now=NOW)


def rows(*dates: tuple[str, str, object], **more: object) -> dict[str, object]:
    """The form as a browser sends it: six rows, the time and the venue filled in."""
    said: dict[str, object] = {"dates-TOTAL_FORMS": 6, "dates-INITIAL_FORMS": 0, **more}
    for number in range(6):
        day, hour, venue = dates[number] if number < len(dates) else ("", "15:00", dates[0][2])
        said |= {
            f"dates-{number}-date": day,
            f"dates-{number}-kick_off": hour,
            f"dates-{number}-venue": venue,
        }
    return said


def administrator():
    person = UserFactory(is_superuser=True, is_staff=True)
    assert is_administrator(person)
    return person


def test_days_that_suit_are_offered_as_links_that_fill_rows(client, fixture):
    client.force_login(officer(fixture, "host"))
    page = client.get(f"/exchange/fixtures/{fixture.pk}/dates/?day=2027-03-13").content.decode()
    assert "<b>Saturday, 13 March 2027</b>" in page
    assert 'href="?day=2027-03-13&amp;day=2027-03-20"' in page
    assert 'name="dates-0-date" value="2027-03-13"' in page
    assert '<option value="2027-03-20">' in page
    assert client.get(f"/exchange/fixtures/{fixture.pk}/dates/?day=soon&day=2027-02-31").status_code == 200


def test_offering_keeps_empty_rows_out(client, fixture):
    client.force_login(officer(fixture, "host"))
    data = rows(("2027-03-13", "11:00", fixture.venue_id), ("2027-03-20", "15:00", fixture.venue_id))
    response = client.post(f"/exchange/fixtures/{fixture.pk}/dates/", data)
    assert (response.status_code, response.url) == (302, fixture.get_absolute_url())
    assert list(DateOffer.objects.get().dates.values_list("date", "kick_off")) == [
        (THIRTEENTH, time(11)),
        (TWENTIETH, time(15)),
    ]


def test_days_that_the_page_has_filled_in_are_offered(client, fixture):
    client.force_login(officer(fixture, "host"))
    page = client.get(f"/exchange/fixtures/{fixture.pk}/dates/?day=2027-03-13")
    sent = {"dates-TOTAL_FORMS": 6, "dates-INITIAL_FORMS": page.context["rows"].initial_form_count()}
    data = rows(("2027-03-13", "15:00", fixture.venue_id)) | sent
    assert client.post(f"/exchange/fixtures/{fixture.pk}/dates/", data).status_code == 302
    assert DateOffer.objects.get().dates.get().date == THIRTEENTH


def test_a_fault_stands_beside_its_row_and_nothing_typed_is_lost(client, fixture):
    client.force_login(officer(fixture, "host"))
    data = rows(
        ("2027-03-13", "15:00", fixture.venue_id), ("2027-03-21", "15:00", fixture.venue_id), note="Exams."
    )
    response = client.post(f"/exchange/fixtures/{fixture.pk}/dates/", data)
    text = text_of(response)
    assert response.status_code == 409
    assert "Date 2: " in text
    assert "has not named this day" in text
    assert 'value="2027-03-21"' in text
    assert "Exams.</textarea>" in text
    wrong = rows(("soon", "15:00", fixture.venue_id))
    assert client.post(f"/exchange/fixtures/{fixture.pk}/dates/", wrong).status_code == 400


def test_the_other_side_picks_on_the_page_of_the_fixture(client, fixture):
    offer = offered(fixture)
    client.force_login(officer(fixture, "guest"))
    for page in (fixture.get_absolute_url(), fixture.invitations.get(side="guest").get_absolute_url()):
        text = text_of(client.get(page))
        assert "Which date suits you?" in text
        assert "Exams." in text
        assert "Take the offer back" not in text
    data = {"offer": offer.pk, "date": offer.dates.get(number=2).pk}
    assert client.post(f"/exchange/fixtures/{fixture.pk}/dates/pick/", data).status_code == 302
    fixture.refresh_from_db()
    assert (fixture.state, fixture.date) == ("confirmed", TWENTIETH)
    data["date"] = offer.dates.get(number=1).pk
    refused = client.post(f"/exchange/fixtures/{fixture.pk}/dates/pick/", data)
    assert (refused.status_code, "not open any more" in text_of(refused)) == (409, True)


def test_who_has_offered_takes_it_back(client, fixture):
    offer = offered(fixture)
    client.force_login(officer(fixture, "host"))
    text = text_of(client.get(fixture.get_absolute_url()))
    assert "Take the offer back" in text
    assert "Which date suits you?" not in text
    client.post(f"/exchange/fixtures/{fixture.pk}/dates/withdraw/", {"offer": offer.pk})
    assert DateOffer.objects.get().state == "withdrawn"


def test_an_offer_is_shown_to_the_two_clubs_only(client, fixture):
    confirm(fixture)
    offer = offered(fixture)
    url = f"/exchange/fixtures/{fixture.pk}/dates/"
    for person in (None, UserFactory()):
        if person:
            client.force_login(person)
        text = text_of(client.get(fixture.get_absolute_url()))
        assert "Another date" not in text
        assert "13 March" not in text
        assert "Cancel the fixture" not in text
    assert client.get(url).status_code == 404
    assert client.post(f"{url}pick/", {"offer": offer.pk, "date": "none"}).status_code == 404
    client.force_login(officer(fixture, "guest"))
    elsewhere = FixtureFactory(
        state=FixtureState.CONFIRMED, guest_request=fixture.guest_request, date=TWENTIETH
    )
    assert (
        client.post(f"/exchange/fixtures/{elsewhere.pk}/dates/pick/", {"offer": offer.pk}).status_code == 404
    )


@pytest.fixture
def holder(client, fixture):
    """Opens the guest's link without signing in."""
    invitation, nonce = fixture.invitations.get(side="guest"), new_nonce()
    invitation.nonce_hash = hash_nonce(nonce)
    invitation.save()
    client.get(make_link(invitation=invitation, user=officer(fixture, "guest"), nonce=nonce))
    return invitation


def test_the_holder_of_a_link_picks(client, fixture, holder):
    offer = offered(fixture)
    assert "Which date suits you?" in text_of(client.get("/exchange/answer/"))
    data = {"invitation": holder.pk, "offer": offer.pk, "date": offer.dates.get(number=1).pk}
    assert client.get("/exchange/answer/dates/pick/", data).status_code == 302
    assert Fixture.objects.get().state == "proposed"
    assert client.post("/exchange/answer/dates/pick/", data).status_code == 302
    fixture.refresh_from_db()
    assert (fixture.state, fixture.date, fixture.moves.get().via) == ("confirmed", THIRTEENTH, "link")


def test_the_holder_of_a_link_offers_and_takes_back(client, fixture, holder):
    assert f"/exchange/answer/dates/?invitation={holder.pk}" in text_of(client.get("/exchange/answer/"))
    data = rows(("2027-03-13", "15:00", fixture.venue_id), invitation=holder.pk)
    assert client.post("/exchange/answer/dates/", data).status_code == 302
    offer = DateOffer.objects.get()
    assert (offer.side, offer.created_by) == ("guest", officer(fixture, "guest"))
    data = {"invitation": holder.pk, "offer": offer.pk}
    assert client.post("/exchange/answer/dates/withdraw/", data).status_code == 302
    assert DateOffer.objects.get().state == "withdrawn"


def test_the_holder_of_a_link_takes_the_yes_back(client, fixture, holder):
    refused = client.post("/exchange/answer/take-back/", {"invitation": holder.pk})
    assert (refused.status_code, Fixture.objects.get().state) == (409, "proposed")
    accept_invitation(invitation=holder, by=None, via=AnswerWay.LINK, now=NOW)
    assert "Take back our yes" in text_of(client.get("/exchange/answer/"))
    assert client.post("/exchange/answer/take-back/", {"invitation": holder.pk}).status_code == 302
    assert Fixture.objects.get().state == "withdrawn"


# -- calling off ---------------------------------------------------------------------------------------


def test_cancelling_asks_once_more_and_wants_a_reason(client, fixture):
    confirm(fixture)
    client.force_login(officer(fixture, "guest"))
    url = f"/exchange/fixtures/{fixture.pk}/cancel/"
    assert f'href="{url}"' in client.get(fixture.get_absolute_url()).content.decode()
    page = client.get(url)
    assert "24 days before the kick-off" in text_of(page)
    assert "As whom?" not in text_of(page)
    assert client.post(url, {"reason": " "}).status_code == 400
    assert client.post(url, {"reason": "Our bus."}).status_code == 302
    move = fixture.moves.last()
    assert (move.move, move.actor, move.by, move.note) == (
        "cancel",
        "guest",
        officer(fixture, "guest"),
        "Our bus.",
    )
    again = client.post(url, {"reason": "Our bus."}, follow=True)
    assert "This is not possible now" in text_of(again)


def test_an_administrator_says_as_whom(client, fixture):
    confirm(fixture)
    client.force_login(administrator())
    url = f"/exchange/fixtures/{fixture.pk}/postpone/"
    assert "As whom?" in text_of(client.get(url))
    assert client.post(url, {"reason": "Snow."}).status_code == 400
    assert client.post(url, {"reason": "Snow.", "actor": "administrator"}).status_code == 302
    assert fixture.moves.last().actor == "administrator"


def test_buttons_stand_for_what_is_possible(client, fixture):
    client.force_login(officer(fixture, "host"))
    buttons = ("/withdraw/", "/postpone/", "/cancel/")

    def shown() -> list[str]:
        page = client.get(fixture.get_absolute_url()).content.decode()
        return [name for name in buttons if f'href="/exchange/fixtures/{fixture.pk}{name}"' in page]

    assert shown() == []
    accept_invitation(invitation=fixture.invitations.get(side="host"), by=None, via=AnswerWay.PORTAL, now=NOW)
    assert shown() == ["/withdraw/"]
    confirm(fixture)
    assert shown() == ["/postpone/", "/cancel/"]


def test_everybody_reads_how_late_it_was_and_nobody_else_reads_who_and_why(client, fixture):
    confirm(fixture)
    guest = officer(fixture, "guest")
    late = fixture.starts_at - timedelta(days=3, hours=2)
    cancel_fixture(fixture=fixture, by=By(Actor.GUEST, guest), reason="Ann is ill.", now=late)
    said = "Cancelled by the guest, 3 March 2027, 3 days before the kick-off."
    text = text_of(client.get(fixture.get_absolute_url()))
    assert said in text
    assert "ill" not in text.replace("will", "")
    assert str(guest) not in text
    client.force_login(officer(fixture, "host"))
    text = text_of(client.get(fixture.get_absolute_url()))
    assert said in text
    assert "Ann is ill." in text
    assert str(guest) not in text
    for person in (guest, administrator()):
        client.force_login(person)
        assert f"({guest})" in text_of(client.get(fixture.get_absolute_url()))


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (-1, "after the kick-off"),
        (0, "less than an hour before the kick-off"),
        (1, "1 hour before the kick-off"),
        (47, "47 hours before the kick-off"),
        (48, "2 days before the kick-off"),
        (71, "2 days before the kick-off"),
    ],
)
def test_how_late_in_words(hours, words):
    assert lateness_words(hours) == words


def test_a_postponed_fixture_looks_for_a_date_on_every_page(client, fixture):
    confirm(fixture)
    postpone_fixture(fixture=fixture, by=By(Actor.HOST), reason="Flood.", now=NOW)
    with time_machine.travel(datetime(2027, 3, 8, tzinfo=UTC), tick=False):
        client.force_login(officer(fixture, "guest"))
        for page in ("/exchange/", "/exchange/fixtures/"):
            assert "no date yet" in text_of(client.get(page))
        text = text_of(client.get(fixture.get_absolute_url()))
        assert "no date yet; it was Saturday, 6 March 2027" in text
        assert "Propose another date" in text


def test_the_desk_shows_offers_to_the_side_that_answers(client, fixture):
    offered(fixture)
    client.force_login(officer(fixture, "guest"))
    assert "Other dates to pick from" in text_of(client.get("/exchange/"))
    client.force_login(officer(fixture, "host"))
    assert "Other dates to pick from" not in text_of(client.get("/exchange/"))


def test_pages_say_when_it_begins(client, fixture):
    confirm(fixture)
    assert 'Saturday, 6 March 2027, 15:00 <span class="soft">(Europe/Minsk)' in text_of(
        client.get(fixture.get_absolute_url())
    )
    assert "<span>15:00</span>" in text_of(client.get("/exchange/fixtures/"))


@pytest.mark.parametrize("count", [1, 30])
def test_offers_on_the_desk_cost_the_same_queries(client, fixture, count, django_assert_num_queries):
    guest = officer(fixture, "guest")
    fixture.season.answer_days = 60
    fixture.season.save()
    for _ in range(count):
        other = FixtureFactory(guest_request__team__club=fixture.guest.club, season=fixture.season)
        other.offers.create(side="host", expires_at=NOW + timedelta(days=5))
    client.force_login(guest)
    client.get("/exchange/")
    with django_assert_num_queries(12):
        assert len(client.get("/exchange/").context["desk"].offers) == count
