"""The link in an invitation's mail: looking changes nothing, one button answers, and only this invitation."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from exchange.answer_links import hash_nonce, make_link
from exchange.enums import AnswerWay, FixtureState, InvitationState, Side
from exchange.models import Invitation
from tests.factories import FixtureFactory, MembershipFactory, UserFactory

from .looking import text_of

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)
ANSWER = "/exchange/answer/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def fixture():
    return FixtureFactory()


@pytest.fixture
def invitation(fixture):
    return fixture.invitations.get(side=Side.HOST)


@pytest.fixture
def officer(invitation):
    return MembershipFactory(club=invitation.team.club).user


def link_of(invitation: Invitation, user, nonce: str = "nonce") -> str:
    """The path of a fresh link, as its mail has it."""
    Invitation.objects.filter(pk=invitation.pk).update(nonce_hash=hash_nonce(nonce))
    return make_link(invitation=invitation, user=user, nonce=nonce).removeprefix(settings.BASE_URL)


@pytest.fixture
def link(invitation, officer):
    return link_of(invitation, officer)


def stands(invitation: Invitation) -> tuple[str, str]:
    invitation.refresh_from_db()
    return invitation.state, invitation.fixture.__class__.objects.get(pk=invitation.fixture_id).state


WAITING = (InvitationState.SENT, FixtureState.PROPOSED)


def test_the_link_leads_to_an_address_without_a_secret(client, link, invitation):
    response = client.get(link)
    assert (response.status_code, response.url) == (302, ANSWER)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]
    shown = client.get(ANSWER)
    assert shown.status_code == 200
    assert "no-store" in shown.headers["Cache-Control"]
    # With "no-referrer" browsers send "Origin: null" along with the form, which is refused.
    assert shown.headers["Referrer-Policy"] == "same-origin"
    assert stands(invitation) == WAITING


def test_the_page_shows_what_is_asked(client, link, fixture):
    text = text_of(client.get(link, follow=True))
    for fact in (
        fixture.host,
        fixture.guest,
        fixture.guest.club.university,
        "Saturday, 6 March 2027",
        "42 km",
    ):
        assert str(fact) in text
    assert "Please answer until 17 February 2027, 15:00 (Europe/Minsk)." in text


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_nothing_but_a_post_answers(client, link, invitation, method):
    client.get(link)
    for url in (link, ANSWER, f"{ANSWER}?answer=accept"):
        assert getattr(client, method)(url, {"answer": "accept"}).status_code < 500
    assert stands(invitation) == WAITING


def test_a_post_to_the_link_itself_answers_nothing(client, link, invitation):
    assert client.post(link, {"answer": "accept"}).status_code == 405
    assert stands(invitation) == WAITING


def test_a_head_request_opens_nothing(client, link):
    assert client.head(link).status_code == 302
    assert client.get(ANSWER).status_code == 404


def test_a_button_accepts_and_the_answer_may_be_given_again(client, link, invitation, officer):
    client.get(link)
    for _ in range(2):
        response = client.post(ANSWER, {"invitation": invitation.pk, "answer": "accept"}, follow=True)
        assert response.redirect_chain == [(ANSWER, 302)]
        assert "You have accepted. Once the other club does too, the fixture stands" in text_of(response)
    assert stands(invitation) == (InvitationState.ACCEPTED, FixtureState.PROPOSED)
    assert (invitation.answered_by, invitation.answered_via) == (officer, AnswerWay.LINK)
    assert invitation.answered_at == NOW


def test_both_sides_accept_and_the_fixture_stands(link, invitation, fixture):
    guest = fixture.invitations.get(side=Side.GUEST)
    others = link_of(guest, MembershipFactory(club=guest.team.club).user)
    for url in (link, others):
        browser = Client()
        browser.get(url)
        response = browser.post(ANSWER, {"answer": "accept"}, follow=True)
    assert "Both clubs have accepted: the fixture stands and is public." in text_of(response)
    assert stands(invitation) == (InvitationState.ACCEPTED, FixtureState.CONFIRMED)


def test_declining_keeps_the_reason(client, link, invitation):
    client.get(link)
    said = {"answer": "decline", "why": "travel", "reason": "Ask us again in autumn."}
    response = client.post(ANSWER, said, follow=True)
    assert "This fixture is not played." in text_of(response)
    assert stands(invitation) == (InvitationState.DECLINED, FixtureState.DECLINED)
    assert invitation.decline_reason == "The trip is too far or too dear. Ask us again in autumn."


def test_a_reason_of_the_list_is_read_in_the_language_of_the_reader(client, link, invitation, fixture):
    MembershipFactory(club=fixture.guest.club, user__email="guest@example.org", user__language="en")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    client.get(link)
    said = {"answer": "decline", "why": "travel", "reason": "До осени!"}
    assert "Поездка слишком дальняя или дорогая. До осени!" in text_of(client.post(ANSWER, said, follow=True))
    invitation.refresh_from_db()
    assert invitation.decline_reason == "The trip is too far or too dear. До осени!"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "The trip is too far or too dear. До осени!" in text_of(client.get(ANSWER))


def test_the_page_tells_what_the_opponent_wants_known(client, link, fixture):
    for request, note in (
        (fixture.guest_request, "Bring <b>balls</b>\nand bibs"),
        (fixture.host_request, "Ours"),
    ):
        request.notes = note
        request.save()
    page = client.get(link, follow=True).content.decode()
    assert f"A note from {fixture.guest}" in page
    assert "Bring &lt;b&gt;balls&lt;/b&gt;<br>and bibs" in page
    assert "Ours" not in page
    client.post(ANSWER, {"answer": "decline"})
    assert "and bibs" not in client.get(ANSWER).content.decode()


def test_the_opposite_answer_is_refused_and_shows_what_stands(client, link, invitation):
    client.get(link)
    client.post(ANSWER, {"answer": "accept"})
    response = client.post(ANSWER, {"answer": "decline"})
    assert response.status_code == 409
    assert "This invitation has already been accepted." in text_of(response)
    assert stands(invitation) == (InvitationState.ACCEPTED, FixtureState.PROPOSED)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"answer": "perhaps"},
        {"answer": "decline", "why": "weather"},
        {"answer": "decline", "reason": "x" * 401},
    ],
)
def test_what_is_no_answer_is_asked_again(client, link, invitation, said):
    client.get(link)
    response = client.post(ANSWER, said)
    assert response.status_code == 400
    assert said.get("reason", "") in response.content.decode()
    assert stands(invitation) == WAITING


def test_the_form_is_bound_to_its_page(link, invitation):
    browser = Client(enforce_csrf_checks=True)
    browser.get(link)
    assert browser.post(ANSWER, {"answer": "accept"}).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(.+?)"', browser.get(ANSWER).content.decode())[1]
    assert browser.post(ANSWER, {"answer": "accept", "csrfmiddlewaretoken": token}).status_code == 302
    assert stands(invitation)[0] == InvitationState.ACCEPTED


def test_two_mails_open_side_by_side_are_not_mixed_up(client, link, invitation, officer):
    other = FixtureFactory(host_request__team__club=invitation.team.club).invitations.get(side=Side.HOST)
    client.get(link)
    client.get(link_of(other, officer))
    response = client.post(ANSWER, {"invitation": invitation.pk, "answer": "accept"}, follow=True)
    assert str(invitation.team) in text_of(response)
    assert (stands(invitation)[0], stands(other)[0]) == (InvitationState.ACCEPTED, InvitationState.SENT)


def test_a_link_opens_no_other_invitation(client, link, invitation, fixture):
    guest = fixture.invitations.get(side=Side.GUEST)
    client.get(link)
    response = client.post(ANSWER, {"invitation": guest.pk, "answer": "accept"})
    assert response.status_code == 404
    assert stands(guest) == WAITING


def test_a_link_signs_nobody_in(client, link, invitation):
    client.get(link)
    client.post(ANSWER, {"answer": "accept"})
    for url in ("/exchange/", invitation.get_absolute_url(), "/exchange/requests/new/"):
        assert client.get(url).status_code == 302
    assert client.get(invitation.fixture.get_absolute_url()).status_code == 404


def test_a_link_runs_out(client, link, clock, invitation):
    clock.move_to(invitation.expires_at + timedelta(days=settings.ANSWER_LINK_DAYS, seconds=1))
    response = client.get(link)
    assert response.status_code == 404
    assert "This link is too old. Sign in to see your invitations." in text_of(response)
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_who_comes_too_late_sees_what_stands(client, link, clock, invitation):
    client.get(link)
    clock.move_to(invitation.expires_at + timedelta(seconds=1))
    response = client.post(ANSWER, {"answer": "accept"})
    assert response.status_code == 409
    assert "The time to answer this invitation is over." in text_of(response)
    assert stands(invitation) == WAITING


def test_a_newer_mail_ends_an_older_link(client, link, invitation):
    client.get(link)
    Invitation.objects.filter(pk=invitation.pk).update(version=2, nonce_hash=hash_nonce("newer"))
    for response in (client.get(link), client.get(ANSWER), client.post(ANSWER, {"answer": "accept"})):
        assert response.status_code == 404
        assert "This link has been replaced" in text_of(response)
    assert stands(invitation) == WAITING


@pytest.mark.parametrize("token", ["rubbish", "a:b:c", "%00", "x" * 3000, "../admin"])
def test_a_broken_link_says_what_to_do(client, token):
    response = client.get(f"{ANSWER}{token}/")
    assert response.status_code == 404
    if "/" not in token:
        assert "This link does not work" in text_of(response)


def test_somebody_who_no_longer_acts_for_the_club_answers_nothing(client, link, officer, invitation):
    client.get(link)
    officer.memberships.all().delete()
    assert client.post(ANSWER, {"answer": "accept"}).status_code == 404
    assert stands(invitation) == WAITING


def test_a_closed_account_answers_nothing(client, link, officer, invitation):
    officer.is_active = False
    officer.save()
    client.get(link)
    assert client.post(ANSWER, {"answer": "accept"}).status_code == 404
    assert stands(invitation) == WAITING


def test_without_a_link_there_is_nothing_to_answer(client):
    response = client.get(ANSWER)
    assert response.status_code == 404
    assert "Open the link in the mail once more, or sign in." in text_of(response)


def test_a_session_keeps_only_the_last_links(client, invitation, officer):
    invitations = [invitation]
    for _ in range(22):
        fixture = FixtureFactory(host_request__team__club=invitation.team.club)
        invitations.append(fixture.invitations.get(side=Side.HOST))
    for one in invitations:
        client.get(link_of(one, officer))
    assert list(client.session["answer_keys"]) == [str(one.pk) for one in invitations[-20:]]


def test_a_stranger_signed_in_may_still_use_a_link(client, link, invitation, officer):
    client.force_login(UserFactory())
    client.get(link)
    client.post(ANSWER, {"answer": "accept"})
    assert stands(invitation)[0] == InvitationState.ACCEPTED
    assert invitation.answered_by == officer
