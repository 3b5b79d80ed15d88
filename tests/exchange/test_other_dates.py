"""Another date: what may be offered, what picking one changes, how an offer ends without it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from exchange.actions.clocks import expire_offers
from exchange.actions.fixtures import (
    By,
    UnableToMove,
    UnableToOffer,
    offer_dates,
    pick_date,
    postpone_fixture,
    refuse_offer,
    withdraw_offer,
)
from exchange.actions.invitations import accept_invitation, expire_invitations
from exchange.date_rules import ProposedDate, days_that_suit
from exchange.enums import Actor, AnswerWay, DayUse, FixtureState
from exchange.models import Arrangements, DateOffer, Fixture
from exchange.queries.room import room_of
from portal.models import OutboxMessage
from tests.factories import FixtureFactory, FixtureRequestFactory, MembershipFactory, VenueFactory

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
SIXTH, THIRTEENTH, TWENTIETH = (date(2027, 3, day) for day in (6, 13, 20))
#: Named by neither side.
SUNDAY = date(2027, 3, 21)

pytestmark = pytest.mark.django_db


@pytest.fixture
def fixture() -> Fixture:
    """Proposed for 6 March 2027, 15:00; both can host or travel on 6, 13 and 20 March."""
    fixture = FixtureFactory(date=SIXTH, kick_off=time(15), invited__until=NOW + timedelta(days=7))
    for team in (fixture.host, fixture.guest):
        MembershipFactory(club=team.club)
    return fixture


def by(fixture: Fixture, side: str) -> By:
    return By(Actor(side), fixture.team_of(side).club.memberships.get().user)


def on(fixture: Fixture, day: date, hour: int = 15, **facts: object) -> ProposedDate:
    return ProposedDate(day, time(hour), facts.get("venue", fixture.venue))


def offer(fixture: Fixture, *dates: ProposedDate, side: str = "host", now: datetime = NOW) -> DateOffer:
    return offer_dates(fixture=fixture, by=by(fixture, side), dates=dates, note="Exams.", now=now)


def pick(offer: DateOffer, number: int = 1, side: str = "guest", now: datetime = NOW) -> Fixture:
    fixture = Fixture.objects.get(pk=offer.fixture_id)
    return pick_date(offer=offer, picked=offer.dates.get(number=number), by=by(fixture, side), now=now)


def confirm(fixture: Fixture) -> None:
    for invitation in fixture.invitations.all():
        accept_invitation(invitation=invitation, by=None, via=AnswerWay.PORTAL, now=NOW)
    fixture.refresh_from_db()


def held(fixture: Fixture) -> set[tuple[str, date]]:
    rows = fixture.occupancies.filter(active=True).values_list("resource", "starts")
    return {(resource, starts.date()) for resource, starts in rows}


def told(kind: str) -> list[str]:
    mails = OutboxMessage.objects.filter(kind=kind, state="queued").order_by("recipient")
    return list(mails.values_list("recipient", flat=True))


def faults(fixture: Fixture, *dates: ProposedDate, side: str = "host", now: datetime = NOW) -> dict[int, str]:
    with pytest.raises(UnableToOffer) as refused:
        offer(fixture, *dates, side=side, now=now)
    assert not DateOffer.objects.exists()
    return refused.value.faults


# -- offering ----------------------------------------------------------------------------------------


def test_an_offer_waits_for_the_other_side_and_tells_it(fixture):
    made = offer(fixture, on(fixture, THIRTEENTH), on(fixture, TWENTIETH, 11))
    assert (made.side, made.state, made.note) == ("host", "open", "Exams.")
    assert list(made.dates.values_list("number", "date", "kick_off", "venue")) == [
        (1, THIRTEENTH, time(15), fixture.venue_id),
        (2, TWENTIETH, time(11), fixture.venue_id),
    ]
    assert made.expires_at == NOW + timedelta(days=7)
    assert told("offer") == [by(fixture, "guest").person.email]
    fixture.refresh_from_db()
    assert (fixture.state, fixture.date) == (FixtureState.PROPOSED, SIXTH)


def test_an_offer_ends_a_day_before_its_first_date_begins_at_the_venue(fixture):
    fixture.season.answer_days = 60
    fixture.season.save()
    made = offer(fixture, on(fixture, TWENTIETH), on(fixture, THIRTEENTH))
    assert made.expires_at == datetime(2027, 3, 11, 21, tzinfo=UTC)


def test_each_rule_says_which_date_and_why(fixture):
    elsewhere = VenueFactory(name="Arena")
    field = VenueFactory(university=fixture.host.club.university, hall=False, name="Meadow")
    told = faults(
        fixture,
        on(fixture, date(2027, 7, 3)),
        on(fixture, SIXTH),
        on(fixture, date(2027, 2, 12)),
        on(fixture, THIRTEENTH, venue=elsewhere),
        on(fixture, THIRTEENTH, venue=field),
        on(fixture, THIRTEENTH, venue=None),
    )
    assert told == {
        1: "The season runs from 1 February 2027 to 30 June 2027.",
        2: "This is the date that stands.",
        3: "The other side needs 3 days to answer: offer a later date.",
        4: "Arena is no venue of the host for this sport.",
        5: "Meadow is no venue of the host for this sport.",
        6: "Choose a venue.",
    }


def test_the_third_day_from_now_is_the_first_that_may_be_offered(fixture):
    fixture.guest_request.days.create(date=date(2027, 2, 13), use=DayUse.TRAVEL)
    assert offer(fixture, on(fixture, date(2027, 2, 13))).dates.count() == 1


def test_another_time_on_the_day_that_stands_is_another_date(fixture):
    assert offer(fixture, on(fixture, SIXTH, 18)).dates.get().kick_off == time(18)


def test_the_same_date_twice_is_one_too_many(fixture):
    assert faults(fixture, on(fixture, THIRTEENTH), on(fixture, THIRTEENTH)) == {
        2: "This date is in the list already."
    }


@pytest.mark.parametrize("count", [0, 7])
def test_an_offer_has_one_to_six_dates(fixture, count):
    with pytest.raises(UnableToOffer, match="one date at least and 6 at most"):
        offer(fixture, *[on(fixture, THIRTEENTH)] * count)


@pytest.mark.parametrize(("side", "other", "use"), [("host", "guest", "travel"), ("guest", "host", "host")])
def test_a_day_is_one_that_the_other_side_has_named_for_its_part(fixture, side, other, use):
    request = fixture.guest_request if other == "guest" else fixture.host_request
    wrong = DayUse.HOST if use == "travel" else DayUse.TRAVEL
    request.days.filter(date=TWENTIETH).update(use=wrong)
    sentence = f"{fixture.team_of(other)} has not named this day. Offer one of: 13 March 2027."
    assert faults(fixture, on(fixture, TWENTIETH), side=side) == {1: sentence}
    # Of itself the side that offers knows best.
    mine = fixture.host_request if side == "host" else fixture.guest_request
    mine.days.all().delete()
    assert offer(fixture, on(fixture, THIRTEENTH), side=side).dates.count() == 1


def test_where_no_day_suits_both_the_refusal_says_so(fixture):
    fixture.guest_request.days.exclude(date=SIXTH).delete()
    assert "no other day suits both" in faults(fixture, on(fixture, THIRTEENTH))[1]


def another(fixture: Fixture, side: str, day: date, **facts: object) -> Fixture:
    """A fixture of the team on this side against somebody else."""
    request = fixture.host_request if side == "host" else fixture.guest_request
    return FixtureFactory(guest_request=request, date=day, season=fixture.season, **facts)


@pytest.mark.parametrize("side", ["host", "guest"])
def test_both_teams_must_be_free_and_rested(fixture, side):
    another(fixture, side, THIRTEENTH)
    fixture.guest_request.days.create(date=date(2027, 3, 14), use=DayUse.TRAVEL)
    fixture.guest_request.days.create(date=date(2027, 3, 15), use=DayUse.TRAVEL)
    team = fixture.team_of(side)
    assert faults(fixture, on(fixture, THIRTEENTH), on(fixture, date(2027, 3, 14))) == {
        1: f"{team} is not free that day.",
        2: f"{team} wants 1 free day between two fixtures, and has one too near to that day.",
    }
    assert offer(fixture, on(fixture, date(2027, 3, 15))).dates.count() == 1


def test_the_day_that_the_fixture_leaves_needs_no_rest(fixture):
    fixture.guest_request.days.create(date=date(2027, 3, 7), use=DayUse.TRAVEL)
    assert offer(fixture, on(fixture, date(2027, 3, 7))).dates.count() == 1


def full_venue(fixture: Fixture, day: date) -> None:
    request = FixtureRequestFactory(
        season=fixture.season, team__club=fixture.host.club, team__home_venue=fixture.venue
    )
    FixtureFactory(host_request=request, date=day, season=fixture.season)


def test_the_venue_must_have_a_place(fixture):
    full_venue(fixture, THIRTEENTH)
    assert faults(fixture, on(fixture, THIRTEENTH)) == {1: f"{fixture.venue} has no place left that day."}
    second = VenueFactory(university=fixture.host.club.university)
    assert offer(fixture, on(fixture, THIRTEENTH, venue=second)).dates.get().venue == second


def test_days_that_suit_are_named_by_both_and_possible(fixture):
    assert days_that_suit(room_of(fixture), now=NOW) == [THIRTEENTH, TWENTIETH]
    assert days_that_suit(room_of(fixture), now=datetime(2027, 3, 11, tzinfo=UTC)) == [TWENTIETH]
    full_venue(fixture, TWENTIETH)
    assert days_that_suit(room_of(fixture), now=NOW) == [THIRTEENTH]
    VenueFactory(university=fixture.host.club.university)
    assert days_that_suit(room_of(fixture), now=NOW) == [THIRTEENTH, TWENTIETH]
    another(fixture, "guest", THIRTEENTH)
    assert days_that_suit(room_of(fixture), now=NOW) == [TWENTIETH]


def test_a_newer_offer_of_the_same_side_replaces_the_older_one(fixture):
    older = offer(fixture, on(fixture, THIRTEENTH))
    newer = offer(fixture, on(fixture, TWENTIETH))
    assert set(DateOffer.objects.values_list("pk", "state")) == {
        (older.pk, "withdrawn"),
        (newer.pk, "open"),
    }
    # The question that nobody has read yet is asked once only.
    assert told("offer") == [by(fixture, "guest").person.email]


def test_a_refused_replacement_leaves_the_older_offer_open(fixture):
    offer(fixture, on(fixture, THIRTEENTH))
    with pytest.raises(UnableToOffer):
        offer(fixture, on(fixture, SUNDAY))
    assert DateOffer.objects.get().state == "open"


def test_the_other_side_answers_before_it_offers(fixture):
    offer(fixture, on(fixture, THIRTEENTH))
    with pytest.raises(UnableToOffer, match="pick one, or say that none suits"):
        offer(fixture, on(fixture, TWENTIETH), side="guest")


# -- picking -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["host", "guest"])
def test_who_offered_and_who_picked_have_said_yes(fixture, side):
    other = "guest" if side == "host" else "host"
    fixture.invitations.update(remind_at=NOW + timedelta(days=2))
    made = offer(fixture, on(fixture, THIRTEENTH), on(fixture, TWENTIETH, 11), side=side)
    pick(made, 2, side=other)
    fixture.refresh_from_db()
    assert (fixture.state, fixture.date, fixture.kick_off) == ("confirmed", TWENTIETH, time(11))
    assert (fixture.starts_at, fixture.sequence) == (datetime(2027, 3, 20, 8, tzinfo=UTC), 1)
    teams = {f"team:{fixture.host_id}", f"team:{fixture.guest_id}", f"venue:{fixture.venue_id}:1"}
    assert held(fixture) == {(resource, TWENTIETH) for resource in teams}
    assert set(fixture.invitations.values_list("state", "remind_at")) == {("accepted", None)}
    made.refresh_from_db()
    assert (made.state, made.picked.number, made.answered_at) == ("picked", 2, NOW)
    assert told("new_date") == sorted(by(fixture, one).person.email for one in ("host", "guest"))
    assert told("offer") == []
    move = fixture.moves.get()
    assert (move.move, move.source, move.target, move.actor) == ("agree-date", "proposed", "confirmed", other)


def test_the_same_pick_again_changes_nothing_and_another_is_refused(fixture):
    made = offer(fixture, on(fixture, THIRTEENTH), on(fixture, TWENTIETH))
    pick(made), pick(made)
    assert (Fixture.objects.get().sequence, fixture.moves.count()) == (1, 1)
    with pytest.raises(UnableToMove, match="not open any more: agreed"):
        pick(made, 2)


def test_who_offers_does_not_pick(fixture):
    made = offer(fixture, on(fixture, THIRTEENTH))
    with pytest.raises(UnableToMove, match="The other side answers"):
        pick(made, side="host")
    with pytest.raises(UnableToMove):
        pick_date(offer=made, picked=made.dates.get(), by=By(Actor.ADMINISTRATOR), now=NOW)


def test_what_has_been_taken_meanwhile_is_refused_and_nothing_is_half_done(fixture):
    made = offer(fixture, on(fixture, THIRTEENTH), on(fixture, TWENTIETH))
    another(fixture, "host", THIRTEENTH)
    before = held(fixture)
    with pytest.raises(UnableToMove, match="is not free that day"):
        pick(made)
    made.refresh_from_db()
    assert (made.state, held(fixture), fixture.moves.count()) == ("open", before, 0)
    assert pick(made, 2).date == TWENTIETH


def test_the_database_itself_has_the_last_word(fixture, monkeypatch):
    made = offer(fixture, on(fixture, THIRTEENTH))
    another(fixture, "host", THIRTEENTH)
    before = held(fixture)
    monkeypatch.setattr("exchange.actions.fixtures.picking.fault_of", lambda room, asked: None)
    with pytest.raises(UnableToMove, match="taken that day in the meantime"):
        pick(made)
    fixture.refresh_from_db()
    assert (fixture.state, fixture.date, held(fixture)) == ("proposed", SIXTH, before)
    assert set(fixture.invitations.values_list("state", flat=True)) == {"sent"}
    assert told("new_date") == []


def test_a_confirmed_fixture_moves_and_is_arranged_anew(fixture):
    confirm(fixture)
    Arrangements.objects.create(
        fixture=fixture, notes="Ring.", confirmed_at=NOW, confirmation_asked_at=NOW, pack_sent_at=NOW
    )
    answered = list(fixture.invitations.values_list("answered_at", "answered_via"))
    pick(offer(fixture, on(fixture, THIRTEENTH)))
    plans = Arrangements.objects.get()
    assert (plans.notes, plans.confirmed_at, plans.confirmation_asked_at, plans.pack_sent_at) == (
        ("Ring.", None, None, None)
    )
    assert list(fixture.invitations.values_list("answered_at", "answered_via")) == answered


def test_a_postponed_fixture_finds_its_day_again(fixture):
    confirm(fixture)
    postpone_fixture(fixture=fixture, by=by(fixture, "host"), reason="Flood.", now=NOW)
    assert held(fixture) == set()
    fixture.refresh_from_db()
    # Even the same one: it is free.
    pick(offer(fixture, on(fixture, SIXTH), side="guest"), side="host")
    fixture.refresh_from_db()
    assert (fixture.state, fixture.sequence, len(held(fixture))) == ("confirmed", 2, 3)


def test_a_fixture_that_has_begun_is_not_moved(fixture):
    confirm(fixture)
    later = fixture.starts_at + timedelta(minutes=1)
    with pytest.raises(UnableToOffer, match="has begun"):
        offer(fixture, on(fixture, TWENTIETH), now=later)


# -- without a new date ------------------------------------------------------------------------------


def test_none_suits_and_then_the_other_side_may_offer(fixture):
    made = offer(fixture, on(fixture, THIRTEENTH))
    refuse_offer(offer=made, by=by(fixture, "guest"), note="We are away.", now=NOW)
    assert told("offer_answered") == [by(fixture, "host").person.email]
    mail = OutboxMessage.objects.get(kind="offer_answered")
    assert "We are away." in bytes(mail.mime).decode()
    assert offer(fixture, on(fixture, TWENTIETH), side="guest").state == "open"
    with pytest.raises(UnableToMove, match="none of them suits"):
        pick(made)


def test_an_offer_is_taken_back_by_its_side_only(fixture):
    made = offer(fixture, on(fixture, THIRTEENTH))
    with pytest.raises(UnableToMove, match="Only the side that has offered"):
        withdraw_offer(offer=made, by=by(fixture, "guest"), now=NOW)
    assert withdraw_offer(offer=made, by=by(fixture, "host"), now=NOW).state == "withdrawn"
    assert told("offer") == []
    with pytest.raises(UnableToMove, match="not open any more: withdrawn"):
        pick(made)


def test_an_offer_expires_once_and_its_side_is_told(fixture):
    made = offer(fixture, on(fixture, THIRTEENTH))
    early, late = made.expires_at - timedelta(seconds=1), made.expires_at
    assert (expire_offers(now=early), expire_offers(now=late), expire_offers(now=late)) == (0, 1, 0)
    assert told("offer_answered") == [by(fixture, "host").person.email]
    with pytest.raises(UnableToMove):
        pick(made, now=late)


def test_too_late_to_pick_before_the_clock_comes(fixture):
    made = offer(fixture, on(fixture, THIRTEENTH))
    with pytest.raises(UnableToMove, match="time to answer this offer is over"):
        pick(made, now=made.expires_at)


def test_a_fixture_does_not_expire_while_an_offer_waits_but_does_afterwards(fixture):
    made = offer(fixture, on(fixture, THIRTEENTH), now=NOW + timedelta(days=6))
    after_invitation = NOW + timedelta(days=8)
    assert expire_invitations(now=after_invitation) == 0
    # Nobody can go on for ever with one offer after another.
    with pytest.raises(UnableToOffer, match="time to answer this invitation is over"):
        offer(fixture, on(fixture, TWENTIETH), now=after_invitation)
    assert expire_offers(now=made.expires_at) == 1
    assert expire_invitations(now=made.expires_at) == 1
    assert Fixture.objects.get().state == FixtureState.EXPIRED


def test_an_accepted_or_called_off_fixture_has_no_open_offer(fixture):
    made = offer(fixture, on(fixture, THIRTEENTH))
    confirm(fixture)
    made.refresh_from_db()
    assert (made.state, told("offer")) == ("withdrawn", [])
