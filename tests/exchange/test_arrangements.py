"""What the two sides say of the day: who may change what, what it moves, and who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from exchange.actions.arrangement_clocks import tell_changes
from exchange.actions.fixtures.arrangements import (
    ChangedMeanwhile,
    UnableToArrange,
    UnableToConfirm,
    arrange,
    confirm_arrangements,
)
from exchange.arranging import fingerprint
from exchange.enums import FixtureState, Side
from exchange.models import Arrangements, Fixture
from portal.models import OutboxMessage
from tests.factories import FixtureFactory, VenueFactory

from .arranged import ADMIN, GUEST, HOST, NOW, agreed, ready, say, stands, text
from .life import at_once, kinds

pytestmark = pytest.mark.django_db


@pytest.fixture
def fixture() -> Fixture:
    return agreed()


def mails(kind: str = "arrangements") -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind=kind).order_by("pk"))


def test_each_side_says_its_own_part(fixture):
    say(fixture, host_kit="red", beds_offered=0)
    say(fixture, Side.GUEST, guest_kit="blue", squad_size=14)
    row = Arrangements.objects.get()
    assert (row.host_kit, row.guest_kit, row.squad_size, row.beds_offered) == ("red", "blue", 14, 0)
    assert (row.changed_at, fixture.sequence) == (NOW, 0)


@pytest.mark.parametrize("side", Side)
def test_nobody_says_the_other_sides_part(fixture, side):
    other = GUEST if side == Side.HOST else HOST
    name = f"{side}_kit"
    with pytest.raises(UnableToArrange, match="for the other side"):
        say(fixture, side, by=other, **{name: "red"})
    assert getattr(stands(fixture, side), name) == ""


@pytest.mark.parametrize("state", [one for one in FixtureState if one != FixtureState.CONFIRMED])
def test_only_what_both_have_accepted_is_arranged(fixture, state):
    Fixture.objects.update(state=state)
    with pytest.raises(UnableToArrange, match="not possible now"):
        say(fixture, host_kit="red")
    with pytest.raises(UnableToArrange, match="not possible now"):
        confirm_arrangements(fixture=fixture, by=HOST, now=NOW)


def test_another_kick_off_moves_the_fixture_and_is_told_at_once(fixture):
    ready(fixture)
    confirm_arrangements(fixture=fixture, by=HOST, now=NOW)
    say(fixture, kick_off=time(16, 30))
    fixture.refresh_from_db()
    assert (fixture.kick_off, fixture.sequence) == (time(16, 30), 1)
    assert fixture.starts_at == datetime(2027, 3, 6, 13, 30, tzinfo=UTC)
    assert Arrangements.objects.get().confirmed_at is None
    (mail,) = mails()
    assert mail.recipient == "guest@example.org"
    assert "- Kick-off: 15:00 → 16:30" in text(mail)


def test_a_mail_never_holds_a_telephone_number(fixture):
    say(fixture, kick_off=time(16), host_contact="Anna", host_phone="+375291234567")
    (mail,) = mails()
    assert "375291234567" not in text(mail)
    assert "another telephone number: it stands in the portal" in text(mail)


def test_the_kick_off_stays_ahead(fixture):
    now = fixture.starts_at - timedelta(hours=2)
    with pytest.raises(UnableToArrange, match="in the past"):
        say(fixture, kick_off=time(12), now=now)
    with pytest.raises(UnableToArrange, match="has begun"):
        say(fixture, kick_off=time(23), now=fixture.starts_at)
    assert Fixture.objects.get().kick_off == time(15)
    say(fixture, host_phone="12345", now=fixture.starts_at)


def places(fixture: Fixture) -> list[str]:
    held = fixture.occupancies.filter(active=True, resource__startswith="venue")
    return list(held.values_list("resource", flat=True))


def test_another_venue_takes_its_lowest_free_place_and_frees_the_older(fixture):
    hall = VenueFactory(university=fixture.host.club.university, capacity=2)
    FixtureFactory(venue=hall, date=fixture.date)
    say(fixture, venue=hall)
    assert places(fixture) == [f"venue:{hall.pk}:2"]
    assert Fixture.objects.get(pk=fixture.pk).sequence == 1
    assert f"- Venue: {fixture.venue} → {hall}" in text(mails()[0])


def test_a_full_venue_is_refused_and_nothing_changes(fixture):
    hall = VenueFactory(university=fixture.host.club.university, name="Small hall")
    FixtureFactory(venue=hall, date=fixture.date)
    with pytest.raises(UnableToArrange, match="Small hall has no place left that day"):
        say(fixture, venue=hall, host_kit="red")
    assert places(fixture) == [f"venue:{fixture.venue_id}:1"]
    assert (stands(fixture, Side.HOST).host_kit, mails()) == ("", [])


def test_a_venue_is_of_the_hosts_university_and_fits_the_sport(fixture):
    field = VenueFactory(university=fixture.host.club.university, hall=False)
    for venue in (field, fixture.guest.home_venue):
        with pytest.raises(UnableToArrange, match="no venue of the host for this sport"):
            say(fixture, venue=venue)
    with pytest.raises(UnableToArrange, match="Choose a venue"):
        say(fixture, venue=None)


@pytest.mark.django_db(transaction=True)
def test_two_fixtures_at_once_for_the_last_place(fixture):
    hall = VenueFactory(university=fixture.host.club.university)
    other = FixtureFactory(
        state=FixtureState.CONFIRMED, host_request__team__club=fixture.host.club, date=fixture.date
    )
    results = at_once(lambda: say(fixture, venue=hall), lambda: say(other, venue=hall))
    assert kinds(results) == ["Fixture", "UnableToArrange"]
    assert len(places(fixture) + places(other)) == 2
    assert f"venue:{hall.pk}:1" in places(fixture) + places(other)


def test_two_officers_at_once_the_later_one_is_told(fixture):
    old = stands(fixture, Side.HOST)
    seen = fingerprint(fixture, old)
    say(fixture, host_kit="red")
    with pytest.raises(ChangedMeanwhile, match="Somebody has changed this"):
        arrange(fixture=fixture, by=HOST, facts=replace(old, host_kit="green"), seen=seen, now=NOW)
    assert stands(fixture, Side.HOST).host_kit == "red"


def test_the_two_sides_are_not_in_each_others_way(fixture):
    old = stands(fixture, Side.HOST)
    seen = fingerprint(fixture, old)
    say(fixture, Side.GUEST, squad_size=12)
    arrange(fixture=fixture, by=HOST, facts=replace(old, host_kit="green"), seen=seen, now=NOW)
    assert (stands(fixture, Side.HOST).host_kit, stands(fixture, Side.GUEST).squad_size) == ("green", 12)


def test_the_same_once_more_changes_nothing(fixture):
    say(fixture, host_kit="red")
    before = Arrangements.objects.values().get()
    say(fixture, host_kit="red", now=NOW + timedelta(days=1))
    assert Arrangements.objects.values().get() == before


def test_small_changes_are_gathered_and_told_once_an_hour(fixture):
    say(fixture, host_kit="red")
    say(fixture, host_kit="white", meeting_point="Gate 2")
    assert mails() == []
    assert tell_changes(now=NOW) == 1
    told = text(mails()[0])
    assert "- Kit colours of the host: not said → white" in told
    assert "- Meeting point: not said → Gate 2" in told
    say(fixture, host_kit="black", now=NOW + timedelta(minutes=5))
    assert tell_changes(now=NOW + timedelta(minutes=59)) == 0
    assert tell_changes(now=NOW + timedelta(minutes=60)) == 1
    assert tell_changes(now=NOW + timedelta(minutes=61)) == 0
    assert "white → black" in text(mails()[1])
    assert len(mails()) == 2


def test_what_was_changed_back_is_no_news(fixture):
    say(fixture, host_kit="red")
    say(fixture, host_kit="")
    assert (tell_changes(now=NOW), mails()) == (0, [])
    assert Arrangements.objects.get().tell_at is None


def test_a_new_kick_off_carries_what_was_not_told_yet(fixture):
    say(fixture, host_kit="red")
    say(fixture, kick_off=time(17))
    assert "not said → red" in text(mails()[0])
    assert tell_changes(now=NOW + timedelta(hours=2)) == 0


def test_an_administrator_acts_for_a_side_and_both_are_told(fixture):
    say(fixture, by=ADMIN, kick_off=time(18))
    assert sorted(mail.recipient for mail in mails()) == ["guest@example.org", "host@example.org"]


def test_the_calendar_hears_of_the_new_kick_off(fixture):
    say(fixture, kick_off=time(17))
    mail = bytes(mails()[0].mime)
    assert b"text/calendar" in mail


def test_before_confirming_the_host_says_what_guests_need(fixture):
    with pytest.raises(UnableToConfirm, match="add: a contact person, a telephone number"):
        confirm_arrangements(fixture=fixture, by=HOST, now=NOW)
    Fixture.objects.update(venue=None)
    with pytest.raises(UnableToConfirm, match="a venue or a meeting point, a contact person"):
        confirm_arrangements(fixture=fixture, by=HOST, now=NOW)
    ready(fixture)
    with pytest.raises(UnableToArrange, match="for the other side"):
        confirm_arrangements(fixture=fixture, by=GUEST, now=NOW)
    confirm_arrangements(fixture=fixture, by=HOST, now=NOW)
    confirm_arrangements(fixture=fixture, by=HOST, now=NOW + timedelta(hours=1))
    assert Arrangements.objects.get().confirmed_at == NOW
    assert [mail.recipient for mail in mails("arrangements_confirmed")] == ["guest@example.org"]


def test_confirmed_again_after_a_change_is_told_again(fixture):
    ready(fixture)
    confirm_arrangements(fixture=fixture, by=HOST, now=NOW)
    say(fixture, kick_off=time(17))
    confirm_arrangements(fixture=fixture, by=HOST, now=NOW)
    assert len(mails("arrangements_confirmed")) == 2


def test_who_takes_the_contact_away_has_not_confirmed(fixture):
    ready(fixture)
    confirm_arrangements(fixture=fixture, by=HOST, now=NOW)
    say(fixture, host_kit="red")
    assert Arrangements.objects.get().confirmed_at == NOW
    say(fixture, host_phone="")
    assert Arrangements.objects.get().confirmed_at is None
