"""A team asks for exactly this opponent: what stands then, what makes it impossible, how it ends."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from exchange import gateway, matching
from exchange.actions.challenges import UnableToChallenge, challenge_team
from exchange.actions.invitations import accept_invitation, decline_invitation, expire_invitations
from exchange.challenge_rules import MOST_A_DAY, Choice
from exchange.enums import AnswerWay, DayUse, FixtureState, InvitationState, RequestState, Side
from exchange.models import Fixture, FixtureRequest, ForbiddenPair, Season, Team
from exchange.queries.opponents import open_requests
from portal.models import OutboxMessage
from tests.factories import FixtureFactory, MembershipFactory, SeasonFactory, TeamFactory, UserFactory

from .life import FIRST_DAY, NOW, ask, at_once, kinds
from .looking import text_of

pytestmark = pytest.mark.django_db
HOME, AWAY = Choice(FIRST_DAY, Side.HOST), Choice(FIRST_DAY, Side.GUEST)


@pytest.fixture
def season():
    return SeasonFactory()


@pytest.fixture
def asked(season):
    return ask(season, team__name="Owls", notes="Bring shoes.")


@pytest.fixture
def team(season):
    """Of a club with an officer; it has asked for nothing."""
    team = TeamFactory(name="Foxes")
    MembershipFactory(club=team.club)
    return team


def officer_of(team: Team):
    return team.club.memberships.get().user


def challenge(asked, team, choice=HOME, *, message="", now=NOW) -> Fixture:
    return challenge_team(asked=asked, team=team, choice=choice, message=message, by=UserFactory(), now=now)


def refused(asked, team, choice=HOME, *, now=NOW) -> str:
    with pytest.raises(UnableToChallenge) as refusal:
        challenge(asked, team, choice, now=now)
    return str(refusal.value)


def invitation(fixture: Fixture, side: Side):
    return fixture.invitations.get(side=side)


def test_a_challenge_is_half_an_answer(asked, team):
    fixture = challenge(asked, team, message="A return match?")
    assert (fixture.state, fixture.run, fixture.challenger) == ("proposed", None, Side.HOST)
    assert (fixture.host, fixture.guest, fixture.date) == (team, asked.team, FIRST_DAY)
    assert [(one.side, one.state) for one in fixture.invitations.order_by("side")] == [
        (Side.GUEST, InvitationState.SENT),
        (Side.HOST, InvitationState.ACCEPTED),
    ]
    assert fixture.occupancies.filter(active=True).count() == 3
    (move,) = fixture.moves.all()
    assert (move.move, move.actor, move.note) == ("accept", "host", "A return match?")
    (mail,) = OutboxMessage.objects.all()
    assert (mail.kind, mail.recipient) == ("invitation", officer_of(asked.team).email)
    sent = bytes(mail.mime).replace(b"=\r\n", b"").decode()
    assert "Foxes challenges Owls and would host you" in sent
    assert "A return match?" in sent


def test_the_challenger_may_travel(asked, team):
    fixture = challenge(asked, team, AWAY)
    assert (fixture.host, fixture.guest, fixture.challenger) == (asked.team, team, Side.GUEST)
    assert fixture.venue == asked.team.home_venue
    assert fixture.note_of(Side.HOST) == "Bring shoes."


def test_the_second_yes_confirms(asked, team):
    fixture = challenge(asked, team)
    accept_invitation(invitation=invitation(fixture, Side.GUEST), by=None, via=AnswerWay.LINK, now=NOW)
    assert Fixture.objects.get().state == FixtureState.CONFIRMED


def test_a_no_frees_the_day_and_forbids_the_pair(asked, team, season):
    fixture = challenge(asked, team)
    decline_invitation(
        invitation=invitation(fixture, Side.GUEST), by=None, via=AnswerWay.LINK, reason="", now=NOW
    )
    assert not fixture.occupancies.filter(active=True).exists()
    assert ForbiddenPair.objects.count() == 1
    assert refused(asked, team) == "Owls cannot be asked by your team in this season."
    # The other side asks for fixtures, so a run looks for somebody else.
    assert Season.objects.get().repair_due_at is not None


def test_where_nobody_asks_no_run_follows(asked, team):
    fixture = challenge(asked, team)
    FixtureRequest.objects.update(state=RequestState.WITHDRAWN)
    decline_invitation(
        invitation=invitation(fixture, Side.GUEST), by=None, via=AnswerWay.LINK, reason="", now=NOW
    )
    assert Season.objects.get().repair_due_at is None


def test_silence_frees_the_day(asked, team):
    fixture = challenge(asked, team)
    assert expire_invitations(now=NOW + timedelta(days=8)) == 1
    fixture.refresh_from_db()
    assert fixture.state == FixtureState.EXPIRED
    assert not fixture.occupancies.filter(active=True).exists()


def test_it_uses_up_what_both_have_asked_for(season, asked, team):
    own = ask(season, team=team)
    fixture = challenge(asked, team)
    assert {fixture.host_request, fixture.guest_request} == {own, asked}
    assert not open_requests(NOW).exists()
    later = ask(season)
    assert refused(later, team).startswith("Your team has all the fixtures it wants")
    assert refused(asked, later.team) == "Owls does not look for opponents any more."


def test_who_has_not_asked_gets_a_request_closed_to_runs(asked, team, season):
    challenge(asked, team)
    own = FixtureRequest.objects.get(team=team)
    assert (own.state, [(day.date, day.use) for day in own.days.all()]) == (
        RequestState.WITHDRAWN,
        [(FIRST_DAY, DayUse.HOST)],
    )


def test_runs_see_the_fixture_as_fixed(asked, team, season):
    fixture = challenge(asked, team)
    pool = gateway.load_pool(season, now=NOW)
    plan = matching.solve(pool)
    assert list(matching.violations(pool, plan)) == []
    assert [(int(one.host), int(one.guest), one.date) for one in plan.fixtures] == [
        (fixture.host_request_id, fixture.guest_request_id, FIRST_DAY)
    ]


def test_what_is_impossible_is_refused_with_its_reason(season, asked, team):
    assert "another sport" in refused(asked, TeamFactory(sport="VVO"))
    assert "same university" in refused(asked, TeamFactory(club__university=asked.team.club.university))
    not_named = Choice(FIRST_DAY + timedelta(days=1), Side.HOST)
    assert "has not named this day" in refused(asked, team, not_named)
    assert "too near" in refused(asked, team, now=datetime(2027, 3, 4, tzinfo=UTC))
    FixtureRequest.objects.update(max_rating_gap=50)
    Team.objects.filter(pk=team.pk).update(rating=1600)
    assert "rated too far apart" in refused(asked, team)


def test_who_was_asked_does_not_travel_farther_than_it_says(season, asked):
    far = TeamFactory(home_venue=None, club__university__lat=38.7, club__university__lon=-9.1)
    assert "travels 300 km at most" in refused(asked, far)
    # Who travels of its own will decides that itself.
    assert challenge(asked, far, AWAY).distance_km > 3000


def test_whom_the_other_side_avoids_is_not_told(asked, team):
    asked.avoid.add(team)
    assert refused(asked, team) == "Owls cannot be asked by your team in this season."


def test_whom_one_avoids_oneself_is(season, asked, team):
    ask(season, team=team).avoid.add(asked.team)
    assert "Your own request avoids Owls" in refused(asked, team)


def test_days_are_free_and_rested_on_both_sides(season, asked, team):
    own = ask(season, team=team, wanted=3, min_rest_days=1)
    FixtureFactory(season=season, host_request=own, date=FIRST_DAY)
    assert refused(asked, team) == "Foxes is not free that day."
    beside = ask(season, days={FIRST_DAY + timedelta(days=1): DayUse.BOTH})
    assert refused(beside, team, Choice(FIRST_DAY + timedelta(days=1), Side.GUEST)) == (
        "Foxes plays too near to that day."
    )


def test_a_full_venue_is_full(season, asked, team):
    FixtureFactory(season=season, host_request__team__home_venue=team.home_venue, date=FIRST_DAY)
    assert "has no place left that day" in refused(asked, team)


def test_the_same_two_meet_once_a_season(season, asked, team):
    FixtureRequest.objects.filter(pk=asked.pk).update(wanted=3)
    challenge(asked, team)
    again = Choice(FIRST_DAY + timedelta(days=7), Side.HOST)
    assert refused(asked, team, again) == "These two meet in this season already, or are asked to."


def test_a_team_challenges_so_many_a_day(season, team):
    for n in range(MOST_A_DAY):
        day = FIRST_DAY + timedelta(days=3 * n)
        challenge(ask(season, days={day: DayUse.BOTH}), team, Choice(day, Side.GUEST))
    last = date(2027, 4, 3)
    next_one = ask(season, days={last: DayUse.BOTH})
    assert "sent 3 challenges within a day" in refused(next_one, team, Choice(last, Side.GUEST))
    assert challenge(next_one, team, Choice(last, Side.GUEST), now=NOW + timedelta(days=1, minutes=1))


def test_a_fixture_comes_from_a_run_or_a_challenge(season):
    fixture = FixtureFactory(season=season)
    for broken in ({"run": None}, {"challenger": "host"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Fixture.objects.filter(pk=fixture.pk).update(**broken)


@pytest.mark.django_db(transaction=True)
def test_of_two_challenges_at_once_for_one_fixture_one_stands(season, asked, team):
    other = TeamFactory()
    results = at_once(lambda: challenge(asked, team), lambda: challenge(asked, other))
    assert kinds(results) == ["Fixture", "UnableToChallenge"]
    assert Fixture.objects.filter(state=FixtureState.PROPOSED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_challenges_at_once_for_one_day_of_the_challenger_one_stands(season, asked, team):
    other = ask(season)
    results = at_once(lambda: challenge(asked, team), lambda: challenge(other, team))
    assert kinds(results) == ["Fixture", "UnableToChallenge"]
    days = [row.starts.date() for row in Fixture.objects.get().occupancies.filter(resource=f"team:{team.pk}")]
    assert days == [FIRST_DAY]


@pytest.mark.django_db(transaction=True)
def test_two_teams_that_challenge_each_other_at_once_meet_once(season):
    one, other = ask(season), ask(season)
    results = at_once(lambda: challenge(one, other.team), lambda: challenge(other, one.team))
    assert kinds(results) == ["Fixture", "UnableToChallenge"]
    connection.close()


def test_the_page_offers_days_and_sends(client, asked, team):
    with time_machine.travel(NOW, tick=False):
        client.force_login(officer_of(team))
        path = f"/exchange/opponents/{asked.pk}/challenge/"
        page = text_of(client.get(path))
        assert re.search(r"6 Mar\w* 2027: you host, in Minsk|6 Mar\w*.*: you host, in Minsk", page)
        said = {"team": team.pk, "choice": f"{FIRST_DAY}:guest", "message": "Shall we?"}
        response = client.post(path, said)
        fixture = Fixture.objects.get()
        assert response.url == fixture.get_absolute_url()
        page = text_of(client.get(response.url))
    assert "You have asked Owls." in page
    assert "Challenged" in page
    assert "Foxes has asked for this fixture" in page


def test_a_day_that_was_taken_meanwhile_comes_back_with_what_was_written(client, asked, team):
    with time_machine.travel(NOW, tick=False):
        client.force_login(officer_of(team))
        path = f"/exchange/opponents/{asked.pk}/challenge/"
        response = client.post(path, {"team": team.pk, "choice": "2027-05-01:host", "message": "Keep me"})
    assert response.status_code == 200
    assert "Keep me" in text_of(response)
    assert not Fixture.objects.exists()


def test_with_two_teams_the_first_question_is_which(client, asked, team):
    TeamFactory(club=team.club, name="Second foxes")
    TeamFactory(club=team.club, name="Other sport", sport="VVO")
    with time_machine.travel(NOW, tick=False):
        client.force_login(officer_of(team))
        page = text_of(client.get(f"/exchange/opponents/{asked.pk}/challenge/"))
        assert "Which of your teams" in page
        assert "Second foxes" in page
        assert "Other sport" not in page
        page = text_of(client.get(f"/exchange/opponents/{asked.pk}/challenge/?team={team.pk}"))
        assert "Your message" in page


def test_strangers_and_the_own_university_do_not_challenge(client, asked):
    path = f"/exchange/opponents/{asked.pk}/challenge/"
    with time_machine.travel(NOW, tick=False):
        assert client.get(path).status_code == 302
        client.force_login(UserFactory())
        assert client.get(path).status_code == 404
        client.force_login(officer_of(asked.team))
        assert client.post(path, {"choice": f"{FIRST_DAY}:host"}).status_code == 404
