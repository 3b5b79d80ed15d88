"""Answering as somebody who has signed in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from exchange.enums import AnswerWay, FixtureState, InvitationState, Side
from tests.factories import FixtureFactory, MembershipFactory, UserFactory

from .looking import text_of

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def invitation():
    terms = [{"name": "distance", "points": 348, "of": 400, "params": {"km": 42}}]
    return FixtureFactory(terms=terms).invitations.get(side=Side.GUEST)


@pytest.fixture
def officer(client, invitation):
    officer = MembershipFactory(club=invitation.team.club).user
    client.force_login(officer)
    return officer


def test_an_invitation_says_what_and_why(client, officer, invitation):
    text = text_of(client.get(invitation.get_absolute_url()))
    for fact in (
        "Saturday, 6 March 2027, at their place, you travel 42 km",
        str(invitation.fixture.venue),
        "42 km apart: 348 of 400",
        "We play",
        "We cannot play",
    ):
        assert fact in text


def test_an_invitation_carries_the_note_of_the_opponent(client, officer, invitation):
    request = invitation.fixture.host_request
    request.notes = "Bring <b>balls</b>\nand bibs"
    request.save()
    page = client.get(invitation.get_absolute_url()).content.decode()
    assert f"A note from {invitation.opponent}" in page
    assert "Bring &lt;b&gt;balls&lt;/b&gt;<br>and bibs" in page


def test_accepting_and_declining_from_the_desk(client, officer, invitation):
    url = f"{invitation.get_absolute_url()}answer/"
    response = client.post(url, {"invitation": invitation.pk, "answer": "accept"}, follow=True)
    assert response.redirect_chain == [(invitation.get_absolute_url(), 302)]
    invitation.refresh_from_db()
    assert (invitation.state, invitation.answered_via) == (InvitationState.ACCEPTED, AnswerWay.PORTAL)
    assert invitation.answered_by == officer
    assert client.post(url, {"answer": "accept"}).status_code == 302
    response = client.post(url, {"answer": "decline", "why": "date"})
    assert response.status_code == 409
    assert "This invitation has already been accepted." in text_of(response)
    assert "We cannot play" not in text_of(response)


def test_a_reason_too_long_is_kept_and_told(client, officer, invitation):
    response = client.post(
        f"{invitation.get_absolute_url()}answer/", {"answer": "decline", "reason": "x" * 401}
    )
    assert response.status_code == 400
    text = text_of(response)
    assert "Ensure this value has at most 400 characters (it has 401)." in text
    assert "x" * 401 in text
    assert '<details class="answer-no" open>' in text


def test_an_expired_invitation_offers_no_button(client, officer, invitation):
    invitation.fixture.invitations.update(state=InvitationState.EXPIRED)
    invitation.fixture.state = FixtureState.EXPIRED
    invitation.fixture.save()
    text = text_of(client.get(invitation.get_absolute_url()))
    assert "This fixture is not played." in text
    assert "We play" not in text


@pytest.mark.parametrize("side", [Side.HOST, Side.GUEST])
def test_the_other_side_cannot_be_answered_for(client, invitation, side):
    theirs = invitation.fixture.invitations.get(side=side)
    stranger = UserFactory() if side == Side.GUEST else MembershipFactory(club=invitation.team.club).user
    client.force_login(stranger)
    assert client.get(theirs.get_absolute_url()).status_code == 404
    assert client.post(f"{theirs.get_absolute_url()}answer/", {"answer": "accept"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == InvitationState.SENT


def test_a_get_answers_nothing(client, officer, invitation):
    led = client.get(f"{invitation.get_absolute_url()}answer/?answer=accept")
    assert (led.status_code, led["Location"]) == (302, invitation.get_absolute_url())
