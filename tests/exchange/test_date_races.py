"""Answers to an offer that come at the same moment, and a run that publishes meanwhile: one of them wins."""

from __future__ import annotations

from datetime import UTC, date, time, timedelta

import pytest

from exchange.actions.clocks import expire_offers
from exchange.actions.fixtures import By, cancel_fixture, offer_dates, pick_date, withdraw_offer
from exchange.actions.invitations import accept_invitation
from exchange.actions.runs import publish_run
from exchange.date_rules import ProposedDate
from exchange.enums import Actor, AnswerWay, DayUse, FixtureState, RunState
from exchange.models import DateOffer, Fixture, MatchRun, Occupancy
from tests.factories import FixtureFactory, SeasonFactory

from .life import NOW, ask, at_once, kinds, verified_run

THIRTEENTH, TWENTIETH = date(2027, 3, 13), date(2027, 3, 20)
HOST, GUEST = By(Actor.HOST), By(Actor.GUEST)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def offer() -> DateOffer:
    """Of a confirmed fixture on 6 March."""
    season = SeasonFactory(publishes_itself=False)
    fixture = FixtureFactory(season=season, date=date(2027, 3, 6), invited__until=NOW + timedelta(days=7))
    for invitation in fixture.invitations.all():
        accept_invitation(invitation=invitation, by=None, via=AnswerWay.PORTAL, now=NOW)
    fixture.refresh_from_db()
    dates = [ProposedDate(day, time(15), fixture.venue) for day in (THIRTEENTH, TWENTIETH)]
    return offer_dates(fixture=fixture, by=HOST, dates=dates, note="", now=NOW)


def pick(offer: DateOffer, number: int) -> Fixture:
    return pick_date(offer=offer, picked=offer.dates.get(number=number), by=GUEST, now=NOW)


def held_days() -> set[date]:
    return {row.starts.astimezone(UTC).date() for row in Occupancy.objects.filter(active=True)}


def test_of_two_picks_one_wins(offer):
    results = at_once(lambda: pick(offer, 1), lambda: pick(offer, 2))
    assert kinds(results) == ["Fixture", "UnableToPick"]
    fixture = Fixture.objects.get()
    assert (fixture.sequence, held_days()) == (1, {fixture.date})
    assert fixture.date == DateOffer.objects.get().picked.date


def test_of_a_pick_and_taking_the_offer_back_one_wins(offer):
    results = at_once(lambda: pick(offer, 1), lambda: withdraw_offer(offer=offer, by=HOST, now=NOW))
    assert len([kind for kind in kinds(results) if kind.startswith("Unable")]) == 1
    picked = DateOffer.objects.get().state == "picked"
    assert (Fixture.objects.get().date == THIRTEENTH) is picked


def test_a_pick_and_a_cancellation_leave_no_day_behind(offer):
    results = at_once(
        lambda: pick(offer, 1),
        lambda: cancel_fixture(fixture=Fixture.objects.get(), by=HOST, reason="Ill.", now=NOW),
    )
    # The cancellation comes before the pick, or after it.
    assert kinds(results) in (["Fixture", "Fixture"], ["Fixture", "UnableToMove"])
    assert (Fixture.objects.get().state, held_days()) == (FixtureState.CANCELLED, set())


def test_a_pick_and_a_run_published_on_that_day_never_hold_it_both(offer):
    fixture = offer.fixture
    request = fixture.host_request
    request.wanted = 2
    request.save()
    request.days.exclude(date=THIRTEENTH).delete()
    request.days.update(use=DayUse.HOST)
    fixture.guest_request.days.exclude(date=THIRTEENTH).delete()
    ask(fixture.season, days={THIRTEENTH: DayUse.TRAVEL})
    run = verified_run(fixture.season)
    assert run.planned.filter(fixed=False, date=THIRTEENTH).count() == 1
    results = at_once(lambda: pick(offer, 1), lambda: publish_run(run=run, by=None, now=NOW))
    assert kinds(results) in (["Fixture", "UnableToPublish"], ["MatchRun", "UnableToPick"])
    on_the_day = Fixture.objects.filter(date=THIRTEENTH, state__in=("proposed", "confirmed"))
    assert on_the_day.count() == 1
    state = MatchRun.objects.get(pk=run.pk).state
    assert state == (RunState.PUBLISHED if on_the_day.get().state == "proposed" else RunState.SUPERSEDED)


def test_the_clock_and_a_pick_at_the_same_moment(offer):
    end = offer.expires_at
    results = at_once(
        lambda: pick_date(
            offer=offer, picked=offer.dates.get(number=1), by=GUEST, now=end - timedelta(seconds=1)
        ),
        lambda: expire_offers(now=end),
    )
    moved = Fixture.objects.get().date == THIRTEENTH
    assert (DateOffer.objects.get().state == "picked") is moved
    assert results[1] == (0 if moved else 1)
