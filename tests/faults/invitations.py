"""Invitations for the rows: the one place that knows how the portal makes and sends them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations, islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from exchange.answer_links import hash_nonce, make_link, new_nonce
from exchange.enums import Side
from exchange.models import Fixture, Invitation
from exchange.notices import Issued, tell_invited
from portal.models import OutboxMessage, User
from tests.factories import (
    FixtureFactory,
    FixtureRequestFactory,
    MatchRunFactory,
    MembershipFactory,
    SeasonFactory,
)

from .journal import digest_of
from .judge import Mail

DAY, KICK_OFF = date(2027, 4, 3), time(12)


def issue(mails: int) -> list[Issued]:
    """So many invitations, of clubs with one officer each, written but not yet told of."""
    season = SeasonFactory()
    run = MatchRunFactory(season=season)
    # n teams make n (n - 1) / 2 pairs, each of which is two invitations.
    requests = [FixtureRequestFactory(season=season, days={}) for _ in range(math.isqrt(mails) + 2)]
    for request in requests:
        MembershipFactory(club=request.team.club)
    pairs = islice(combinations(requests, 2), math.ceil(mails / 2))
    fixtures = Fixture.objects.bulk_create(
        FixtureFactory.build(
            season=season,
            run=run,
            host_request=host,
            guest_request=guest,
            host=host.team,
            guest=guest.team,
            date=DAY,
            starts_at=datetime.combine(DAY, KICK_OFF, UTC),
        )
        for host, guest in pairs
    )
    issued = [one for fixture in fixtures for one in _both(fixture)][:mails]
    Invitation.objects.bulk_create([one.invitation for one in issued])
    return issued


def _both(fixture: Fixture) -> Iterator[Issued]:
    until = timezone.now() + timedelta(days=7)
    for team, side in ((fixture.host, Side.HOST), (fixture.guest, Side.GUEST)):
        nonce = new_nonce()
        yield Issued(
            Invitation(fixture=fixture, team=team, side=side, nonce_hash=hash_nonce(nonce), expires_at=until),
            nonce,
        )


@transaction.atomic
def tell(issued: list[Issued]) -> int:
    """As publishing does: rendered and written to the outbox, with one hint for all."""
    return tell_invited(issued=issued, now=timezone.now())


def proposed(*, officers: int = 1) -> Fixture:
    """A fixture that holds its day, both sides of which have been asked."""
    fixture = FixtureFactory(date=DAY)
    for team in (fixture.host, fixture.guest):
        MembershipFactory.create_batch(officers, club=team.club)
    return fixture


def make_overdue(invitations: Iterable[Invitation]) -> None:
    """By the clocks in their columns."""
    _set(invitations, expires_at=timezone.now() - timedelta(minutes=1))


def make_silent(invitations: Iterable[Invitation]) -> None:
    """A reminder of them is due."""
    _set(invitations, remind_at=timezone.now() - timedelta(minutes=1))


def _set(invitations: Iterable[Invitation], **facts: datetime) -> None:
    Invitation.objects.filter(pk__in=[invitation.pk for invitation in invitations]).update(**facts)


def officers_of(invitation: Invitation) -> list[User]:
    return [
        membership.user
        for membership in invitation.team.club.memberships.select_related("user").order_by("pk")
    ]


def path_of_link(invitation: Invitation, person: User, nonce: str) -> str:
    """Of a fresh link; `nonce` ends older ones."""
    Invitation.objects.filter(pk=invitation.pk).update(nonce_hash=hash_nonce(nonce))
    return make_link(invitation=invitation, user=person, nonce=nonce).removeprefix(settings.BASE_URL)


def mails() -> list[Mail]:
    rows = OutboxMessage.objects.order_by("pk").values_list("message_id", "recipient", "mime", "state")
    return [Mail(name, recipient, digest_of(bytes(mime)), state) for name, recipient, mime, state in rows]
