"""Clubs answer: what each answer does, and what happens when two answer at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from exchange import notices
from exchange.actions.invitations import (
    UnableToAccept,
    UnableToAnswer,
    UnableToDecline,
    accept_invitation,
    decline_invitation,
    expire_invitations,
)
from exchange.enums import AnswerWay, FixtureState
from exchange.models import Fixture, ForbiddenPair, Invitation
from portal.enums import MailState
from portal.models import OutboxMessage
from tests.factories import FixtureFactory, FixtureRequestFactory, MembershipFactory, SeasonFactory

from .life import at_once, kinds

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
UNTIL = NOW + timedelta(days=7)

pytestmark = pytest.mark.django_db


def proposed(**facts: object) -> Fixture:
    """A proposed fixture whose clubs have an officer each."""
    fixture = FixtureFactory(invited__until=UNTIL, created_at=NOW, moved_at=NOW, **facts)
    for team in (fixture.host, fixture.guest):
        MembershipFactory(club=team.club)
    return fixture


@pytest.fixture
def fixture():
    return proposed()


def side(fixture: Fixture, name: str) -> Invitation:
    return fixture.invitations.get(side=name)


def officer(invitation: Invitation):
    return invitation.team.club.memberships.get().user


def accept(invitation: Invitation, now: datetime = NOW) -> Fixture:
    return accept_invitation(invitation=invitation, by=officer(invitation), via=AnswerWay.LINK, now=now)


def decline(invitation: Invitation, reason: str = "", now: datetime = NOW) -> Fixture:
    return decline_invitation(
        invitation=invitation, by=officer(invitation), via=AnswerWay.PORTAL, reason=reason, now=now
    )


def states(fixture: Fixture) -> tuple[str, ...]:
    """Of the fixture, the host's invitation and the guest's."""
    fixture.refresh_from_db()
    answers = dict(fixture.invitations.values_list("side", "state"))
    return fixture.state, answers["host"], answers["guest"]


def mails() -> list[tuple[str, str]]:
    return sorted(OutboxMessage.objects.values_list("kind", "recipient"))


# -- answering -------------------------------------------------------------------------------------


def test_one_accepts_and_the_other_is_waited_for(fixture):
    invitation = side(fixture, "host")
    assert accept(invitation) == fixture
    assert states(fixture) == ("proposed", "accepted", "sent")
    invitation.refresh_from_db()
    assert (invitation.answered_at, invitation.answered_by, invitation.answered_via) == (
        NOW, officer(invitation), "link",
    )  # fmt: skip
    assert mails() == []


def test_both_accept_and_the_fixture_is_confirmed(fixture):
    accept(side(fixture, "guest"))
    later = NOW + timedelta(hours=1)
    told = accept(side(fixture, "host"), later)
    assert (told.state, told.moved_at) == (FixtureState.CONFIRMED, later)
    assert states(fixture) == ("confirmed", "accepted", "accepted")
    assert mails() == sorted(("confirmed", officer(side(fixture, name)).email) for name in ("host", "guest"))
    assert fixture.occupancies.filter(active=True).count() == 3


@pytest.mark.parametrize("who", ["host", "guest"])
def test_one_declines_and_the_day_is_free_again(fixture, who):
    other = {"host": "guest", "guest": "host"}[who]
    accept(side(fixture, other))
    told = decline(side(fixture, who), "  Exams that week ")
    assert told.state == FixtureState.DECLINED
    assert states(fixture)[0] == "declined"
    assert (side(fixture, who).state, side(fixture, other).state) == ("declined", "withdrawn")
    assert side(fixture, who).decline_reason == "Exams that week"
    assert fixture.occupancies.filter(active=True).count() == 0
    pair = ForbiddenPair.objects.get()
    assert (pair.season, {pair.first, pair.second}) == (fixture.season, {fixture.host, fixture.guest})
    assert mails() == [("declined", officer(side(fixture, other)).email)]
    again = FixtureFactory(host_request=fixture.host_request, date=fixture.date)
    assert again.occupancies.filter(active=True).count() == 3


def test_the_same_answer_again_changes_nothing(fixture):
    for act, name in ((accept, "host"), (accept, "guest")):
        act(side(fixture, name))
        before = list(Invitation.objects.order_by("pk").values()), mails()
        assert act(side(fixture, name), now=NOW + timedelta(hours=1)) == fixture
        assert (list(Invitation.objects.order_by("pk").values()), mails()) == before


def test_the_same_no_again_changes_nothing(fixture):
    decline(side(fixture, "host"), "No bus")
    before = list(Invitation.objects.order_by("pk").values()), mails()
    assert decline(side(fixture, "host"), "No time", NOW + timedelta(days=30)) == fixture
    assert (list(Invitation.objects.order_by("pk").values()), mails()) == before


def test_a_stale_object_is_not_trusted(fixture):
    stale = side(fixture, "host")
    decline(side(fixture, "host"))
    with pytest.raises(UnableToAccept):
        accept(stale)


def test_the_opposite_answer_is_refused(fixture):
    accept(side(fixture, "host"))
    with pytest.raises(UnableToDecline, match="already been accepted"):
        decline(side(fixture, "host"))
    assert states(fixture) == ("proposed", "accepted", "sent")

    decline(side(fixture, "guest"))
    with pytest.raises(UnableToAccept, match="already been declined"):
        accept(side(fixture, "guest"))
    for act in (accept, decline):
        with pytest.raises(UnableToAnswer, match="other side will not play"):
            act(side(fixture, "host"))


def test_after_the_last_moment_no_answer_is_taken(fixture):
    accept(side(fixture, "host"), UNTIL - timedelta(seconds=1))
    for act in (accept, decline):
        with pytest.raises(UnableToAnswer, match="time to answer"):
            act(side(fixture, "guest"), now=UNTIL)
    assert states(fixture) == ("proposed", "accepted", "sent")


def test_a_fixture_called_off_takes_no_answer(fixture):
    Fixture.objects.update(state=FixtureState.CANCELLED)
    for act in (accept, decline):
        with pytest.raises(UnableToAnswer, match="not open any more"):
            act(side(fixture, "host"))
    assert states(fixture) == ("cancelled", "sent", "sent")


def test_a_reason_of_any_length_is_kept_as_far_as_it_fits(fixture):
    decline(side(fixture, "host"), "я" * 10_000)
    assert side(fixture, "host").decline_reason == "я" * 500


def test_a_pair_forbidden_already_stays_forbidden_once(fixture):
    first, second = sorted((fixture.host, fixture.guest), key=lambda team: team.pk)
    ForbiddenPair.objects.create(season=fixture.season, first=first, second=second)
    decline(side(fixture, "host"))
    assert ForbiddenPair.objects.count() == 1


def test_unsent_invitations_are_stopped_when_one_declines(fixture):
    for name in ("host", "guest"):
        invitation = side(fixture, name)
        notices.tell_invited(issued=[notices.Issued(invitation, "nonce")], now=NOW)
    decline(side(fixture, "host"))
    stopped = OutboxMessage.objects.filter(kind="invitation")
    assert [mail.state for mail in stopped] == [MailState.CANCELLED] * 2
    assert OutboxMessage.objects.get(kind="declined").state == MailState.QUEUED


# -- expiring --------------------------------------------------------------------------------------


def test_silence_calls_the_fixture_off_and_forbids_nobody(fixture):
    accept(side(fixture, "guest"))
    assert expire_invitations(now=UNTIL - timedelta(seconds=1)) == 0
    assert expire_invitations(now=UNTIL) == 1
    assert states(fixture) == ("expired", "expired", "withdrawn")
    assert fixture.moved_at == UNTIL
    assert fixture.occupancies.filter(active=True).count() == 0
    assert not ForbiddenPair.objects.exists()
    assert [kind for kind, _ in mails()] == ["expired", "expired"]
    assert expire_invitations(now=UNTIL) == 0


def test_both_silent_both_expired(fixture):
    assert expire_invitations(now=UNTIL + timedelta(days=7)) == 1
    assert states(fixture) == ("expired", "expired", "expired")


def test_what_is_confirmed_does_not_expire(fixture):
    accept(side(fixture, "host"))
    accept(side(fixture, "guest"))
    assert expire_invitations(now=UNTIL + timedelta(days=30)) == 0
    assert states(fixture) == ("confirmed", "accepted", "accepted")


def test_one_that_fails_holds_up_no_other(fixture, monkeypatch, caplog):
    other = proposed(season=fixture.season)
    tell_expired = notices.tell_expired

    def broken(*, fixture: Fixture, **facts: object) -> None:
        if fixture.pk != other.pk:
            raise RuntimeError("boom")
        tell_expired(fixture=fixture, **facts)

    monkeypatch.setattr(notices, "tell_expired", broken)
    assert expire_invitations(now=UNTIL) == 1
    assert states(fixture)[0] == "proposed"
    assert states(other)[0] == "expired"
    assert f"fixture {fixture.pk} could not be expired" in caplog.text


def test_an_expired_pair_may_be_proposed_again(fixture):
    expire_invitations(now=UNTIL)
    FixtureFactory(
        season=fixture.season, host_request=fixture.guest_request, guest_request=fixture.host_request
    )
    assert Fixture.objects.count() == 2


# -- races -----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_accepts_of_one_invitation_at_once_are_one_answer():
    fixture = proposed()
    accept(side(fixture, "guest"))
    invitation = side(fixture, "host")
    results = at_once(*[lambda: accept(invitation)] * 4)
    assert results == [fixture] * 4
    assert states(fixture) == ("confirmed", "accepted", "accepted")
    assert [kind for kind, _ in mails()] == ["confirmed", "confirmed"]


@pytest.mark.django_db(transaction=True)
def test_both_sides_accept_at_once_and_the_fixture_is_confirmed():
    fixture = proposed()
    results = at_once(lambda: accept(side(fixture, "host")), lambda: accept(side(fixture, "guest")))
    assert results == [fixture] * 2
    assert states(fixture) == ("confirmed", "accepted", "accepted")
    assert len(mails()) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_yes_and_no_of_one_invitation_at_once_one_wins(attempt):
    fixture = proposed()
    invitation = side(fixture, "host")
    results = at_once(lambda: accept(invitation), lambda: decline(invitation))
    assert kinds(results) in (["Fixture", "UnableToAccept"], ["Fixture", "UnableToDecline"])
    declined = kinds(results) == ["Fixture", "UnableToAccept"]
    assert states(fixture) == (
        ("declined", "declined", "withdrawn") if declined else ("proposed", "accepted", "sent")
    )
    assert ForbiddenPair.objects.count() == int(declined)


@pytest.mark.django_db(transaction=True)
def test_one_side_accepts_while_the_other_declines():
    fixture = proposed()
    results = at_once(lambda: accept(side(fixture, "host")), lambda: decline(side(fixture, "guest")))
    assert kinds(results) in (["Fixture", "Fixture"], ["Fixture", "UnableToAccept"])
    assert states(fixture) == ("declined", "withdrawn", "declined")


@pytest.mark.django_db(transaction=True)
def test_an_answer_at_the_last_moment_against_the_sweep():
    fixture = proposed()
    accept(side(fixture, "guest"))
    last = UNTIL - timedelta(microseconds=1)
    results = at_once(lambda: accept(side(fixture, "host"), last), lambda: expire_invitations(now=UNTIL))
    assert states(fixture) in (("confirmed", "accepted", "accepted"), ("expired", "expired", "withdrawn"))
    assert kinds(results) in (["Fixture", "int"], ["UnableToAccept", "int"])


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_expire_a_fixture_once():
    fixture = proposed()
    results = at_once(*[lambda: expire_invitations(now=UNTIL)] * 3)
    assert sorted(results) == [0, 0, 1]
    assert states(fixture) == ("expired", "expired", "expired")
    assert len(mails()) == 2


@pytest.mark.django_db(transaction=True)
def test_answers_to_fixtures_that_share_teams_never_wait_for_each_other():
    season = SeasonFactory()
    asked = FixtureRequestFactory.create_batch(4, season=season)
    rounds = [(0, 1), (1, 2), (2, 3), (3, 0), (2, 0), (3, 1)]
    fixtures = [
        proposed(
            season=season,
            host_request=asked[a],
            guest_request=asked[b],
            date=date(2027, 3, 1 + n),
            held=n + 1,
        )
        for n, (a, b) in enumerate(rounds)
    ]
    invitations = [side(fixture, name) for fixture in fixtures for name in ("host", "guest")]
    people = [invitation.team.club.memberships.first().user for invitation in invitations]
    results = at_once(
        *(
            lambda invitation=invitation, person=person: accept_invitation(
                invitation=invitation, by=person, via=AnswerWay.LINK, now=NOW
            )
            for invitation, person in zip(invitations, people, strict=True)
        )
    )
    assert kinds(results) == ["Fixture"] * 12
    assert {states(fixture) for fixture in fixtures} == {("confirmed", "accepted", "accepted")}
