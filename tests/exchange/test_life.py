"""The whole way without a page: asked, paired, published, mailed, answered by links, confirmed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from exchange.actions.invitations import accept_invitation, decline_invitation
from exchange.answer_links import invited, read_token
from exchange.enums import AnswerWay
from exchange.models import Fixture, Invitation
from portal.models import OutboxMessage, User
from tests.factories import SeasonFactory

from .life import FIRST_DAY, NOW, ask, verified_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    return SeasonFactory(publishes_itself=True)


def waiting_links() -> list[str]:
    """Tokens in the invitations of today's outbox, host's first."""
    mails = OutboxMessage.objects.filter(kind="invitation", state="queued").order_by("pk")
    flat = [bytes(mail.mime).replace(b"=\r\n", b"").decode() for mail in mails]
    return [re.search(r"/exchange/answer/([^/]+)/", mime).group(1) for mime in flat]


def opened(token: str, now: datetime) -> tuple[Invitation, User]:
    return invited(read_token(token, now=now))


def test_from_two_requests_to_a_confirmed_fixture(season):
    a, b = ask(season), ask(season)
    verified_run(season)
    for token in waiting_links():
        invitation, person = opened(token, NOW)
        accept_invitation(invitation=invitation, by=person, via=AnswerWay.LINK, now=NOW + timedelta(hours=1))
    fixture = Fixture.objects.get()
    assert (fixture.state, fixture.date, {fixture.host, fixture.guest}) == (
        "confirmed",
        FIRST_DAY,
        {a.team, b.team},
    )
    kinds = OutboxMessage.objects.order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["confirmed", "confirmed", "invitation", "invitation"]


def test_who_says_no_is_never_proposed_again_and_the_other_finds_somebody_else(season):
    a, b = ask(season), ask(season)
    verified_run(season)
    invitation, person = opened(waiting_links()[0], NOW)
    decline_invitation(invitation=invitation, by=person, via=AnswerWay.LINK, reason="", now=NOW)

    later = NOW + timedelta(days=1)
    assert verified_run(season, now=later).served == 0
    c = ask(season)
    assert verified_run(season, now=later).served == 2
    new = Fixture.objects.get(state="proposed")
    assert c.team in (new.host, new.guest)
    assert {new.host, new.guest} != {a.team, b.team}


def test_what_is_accepted_stays_whatever_runs_come(season):
    ask(season), ask(season)
    verified_run(season)
    for token in waiting_links():
        invitation, person = opened(token, NOW)
        accept_invitation(invitation=invitation, by=person, via=AnswerWay.LINK, now=NOW)
    before = Fixture.objects.values().get()
    ask(season, team__rating=1500), ask(season, team__rating=1500)
    for day in (1, 2):
        verified_run(season, now=NOW + timedelta(days=day))
    assert Fixture.objects.filter(pk=before["id"]).values().get() == before
    assert Fixture.objects.count() == 2
