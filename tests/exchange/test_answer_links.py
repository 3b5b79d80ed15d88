"""A link answers for one invitation, one person, one version, until its time is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing

from exchange import answer_links
from exchange.answer_links import AnswerKey, BadLink, hash_nonce, invited, make_link, new_nonce, read_token
from tests.factories import FixtureFactory, MembershipFactory, UserFactory

NOW = datetime(2027, 2, 10, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def nonce():
    return new_nonce()


@pytest.fixture
def invitation(nonce):
    row = FixtureFactory().invitations.get(side="host")
    row.nonce_hash, row.expires_at = hash_nonce(nonce), NOW + timedelta(days=7)
    row.save()
    return row


@pytest.fixture
def officer(invitation):
    return MembershipFactory(club=invitation.team.club).user


def token_of(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[1]


@pytest.fixture
def token(invitation, officer, nonce):
    return token_of(make_link(invitation=invitation, user=officer, nonce=nonce))


def test_the_link_is_built_from_the_configured_address(invitation, officer, nonce, settings):
    settings.BASE_URL = "https://portal.example.org"
    link = make_link(invitation=invitation, user=officer, nonce=nonce)
    assert link.startswith("https://portal.example.org/exchange/answer/")
    assert len(link) < 250


def test_a_genuine_link_says_who_answers_what(token, invitation, officer):
    key = read_token(token, now=NOW)
    assert key == AnswerKey(invitation.pk, officer.pk, 1)
    assert invited(key) == (invitation, officer)


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: t + "x", lambda t: "x" + t, lambda t: t.swapcase()]
)
def test_a_changed_link_is_no_link(token, spoil):
    with pytest.raises(BadLink, match="not complete"):
        read_token(spoil(token), now=NOW)


@pytest.mark.parametrize(
    "rubbish", ["", ":", "a:b", "::::", "ы" * 50, "A" * 100_000, "eyJ9:" + "A" * 43, "\x00"]
)
def test_rubbish_is_no_link(rubbish):
    with pytest.raises(BadLink):
        read_token(rubbish, now=NOW)


def test_what_is_signed_for_another_purpose_is_no_link(invitation, officer, nonce):
    fields = [invitation.pk, officer.pk, 1, 4_000_000_000, nonce]
    for salt in ("password", "exchange.answer-link/0"):
        with pytest.raises(BadLink, match="not complete"):
            read_token(signing.Signer(salt=salt).sign_object(fields), now=NOW)


def test_a_link_that_cannot_answer_any_more_still_shows_for_two_weeks(token, invitation):
    last = invitation.expires_at + timedelta(days=14)
    assert read_token(token, now=last - timedelta(seconds=1)).invitation_id == invitation.pk
    with pytest.raises(BadLink, match="too old"):
        read_token(token, now=last)


def test_a_newer_version_ends_the_link(token, invitation):
    key = read_token(token, now=NOW)
    invitation.version = 2
    invitation.save()
    with pytest.raises(BadLink, match="replaced"):
        read_token(token, now=NOW)
    with pytest.raises(BadLink, match="replaced"):
        invited(key)


def test_another_nonce_is_no_key(invitation, officer):
    forged = token_of(make_link(invitation=invitation, user=officer, nonce=new_nonce()))
    with pytest.raises(BadLink, match="replaced"):
        read_token(forged, now=NOW)


def test_the_nonce_is_compared_in_constant_time(token, monkeypatch):
    seen = []
    monkeypatch.setattr(answer_links, "constant_time_compare", lambda a, b: seen.append((a, b)) or False)
    with pytest.raises(BadLink):
        read_token(token, now=NOW)
    assert len(seen) == 1


def test_who_does_not_act_for_the_club_any_more_answers_nothing(token, officer):
    key = read_token(token, now=NOW)
    officer.memberships.all().delete()
    with pytest.raises(BadLink, match="do not act"):
        invited(key)


def test_a_closed_account_answers_nothing(token, officer):
    key = read_token(token, now=NOW)
    officer.is_active = False
    officer.save()
    with pytest.raises(BadLink, match="closed"):
        invited(key)


def test_a_stranger_holds_no_key(invitation, nonce):
    key = read_token(token_of(make_link(invitation=invitation, user=UserFactory(), nonce=nonce)), now=NOW)
    with pytest.raises(BadLink):
        invited(key)
