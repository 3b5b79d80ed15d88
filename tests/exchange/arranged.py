"""Steps that tests of arrangements begin with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from email import message_from_bytes
from email.policy import default

from exchange.actions.fixtures import By
from exchange.actions.fixtures.arrangements import arrange, arrangements_of
from exchange.arranging import Part, fingerprint, part_of
from exchange.enums import Actor, FixtureState, Side
from exchange.models import Fixture
from portal.models import OutboxMessage
from tests.factories import FixtureFactory, MembershipFactory

NOW = datetime(2027, 2, 20, 12, tzinfo=UTC)
HOST, GUEST, ADMIN = By(Actor.HOST), By(Actor.GUEST), By(Actor.ADMINISTRATOR)


def agreed(**facts: object) -> Fixture:
    """Confirmed for 15:00 in Minsk on 6 March 2027, with an officer on each side."""
    fixture = FixtureFactory(state=FixtureState.CONFIRMED, kick_off=time(15), **facts)
    for side in Side:
        MembershipFactory(club=fixture.team_of(side).club, user__email=f"{side}@example.org")
    return fixture


def stands(fixture: Fixture, side: Side) -> Part:
    return part_of(Fixture.objects.get(pk=fixture.pk), arrangements_of(fixture), side)


def say(
    fixture: Fixture, side: Side = Side.HOST, by: By | None = None, now: datetime = NOW, **facts: object
) -> Fixture:
    """Changes these facts, as somebody does who has the newest form before them."""
    old = stands(fixture, side)
    seen = fingerprint(Fixture.objects.get(pk=fixture.pk), old)
    by = by or By(Actor(side))
    return arrange(fixture=fixture, by=by, facts=replace(old, **facts), seen=seen, now=now)


def ready(fixture: Fixture) -> None:
    say(fixture, host_contact="Anna", host_phone="+375 29 123", meeting_point="Main door")


def text(mail: OutboxMessage) -> str:
    body = message_from_bytes(bytes(mail.mime), policy=default).get_body(("plain",))
    return body.get_content().replace("\r\n", "\n")
