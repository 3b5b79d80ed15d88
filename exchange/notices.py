"""What mails say of fixtures. Each is written in the transaction of the change that it tells of."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from exchange.answer_links import make_link
from exchange.calendar.invitations import calendar_part
from exchange.enums import Actor, FixtureState, Side
from exchange.models import Fixture, Invitation, Team
from exchange.queries.people import answerers
from portal.models import User
from portal.notices import notify
from portal.outbox import cancel_mails

log = logging.getLogger(__name__)

People = Mapping[int, list[User]]

#: What these tell, the reader's calendar is told as well.
TOLD_TO_CALENDARS = {
    "invitation",
    "reminder",
    "confirmed",
    "declined",
    "expired",
    "withdrawn",
    "cancelled",
    "postponed",
    "new_date",
    "arrangements",
}


@dataclass(frozen=True, slots=True)
class Issued:
    """An invitation with the nonce of its links, which nobody knows afterwards."""

    invitation: Invitation
    nonce: str


def tell_invited(*, issued: Iterable[Issued], now: datetime) -> int:
    """Asks everybody who answers for the invited teams; returns the number of mails.

    Fixtures come with both teams, clubs, universities, requests and the venue loaded: there may be hundreds.
    """
    issued = list(issued)
    people = answerers([one.invitation.team for one in issued])
    return sum(_ask(one, people, now) for one in issued)


def _ask(issued: Issued, people: People, now: datetime, kind: str = "invitation") -> int:
    invitation = issued.invitation
    return _tell(
        kind,
        key=_invitation_key(invitation),
        fixture=invitation.fixture,
        team=invitation.team,
        people=people,
        link=lambda person: make_link(invitation=invitation, user=person, nonce=issued.nonce),
        now=now,
        invitation=invitation,
        until=invitation.expires_at,
    )


def withdraw_mails(invitation: Invitation) -> int:
    """Stops what was not yet sent of an invitation that is answered by events."""
    return cancel_mails(dedupe_prefix=f"invitation:{invitation.pk}")


def tell_reminded(*, issued: Issued, now: datetime) -> int:
    """Once more, with a link of its own: the older one ends."""
    invitation = issued.invitation
    return _ask(issued, answerers([invitation.team]), now, kind="reminder")


def tell_called_off(*, fixture: Fixture, by: Actor, reason: str, now: datetime) -> None:
    """Withdrawn before both had agreed, or cancelled afterwards; told to everybody on both sides."""
    kind = "cancelled" if fixture.state == FixtureState.CANCELLED else "withdrawn"
    _tell_move(kind, fixture, by, reason, now)


def tell_postponed(*, fixture: Fixture, by: Actor, reason: str, now: datetime) -> None:
    _tell_move("postponed", fixture, by, reason, now, revision=fixture.sequence)


def _tell_move(
    kind: str, fixture: Fixture, by: Actor, reason: str, now: datetime, revision: int | None = None
) -> None:
    for side in Side:
        facts = {"reason": reason, "actor": by, "own": by == side}
        tell_sides(kind, fixture, (fixture.team_of(side),), now, revision=revision, **facts)


def tell_confirmed(*, fixture: Fixture, now: datetime) -> None:
    tell_sides("confirmed", fixture, (fixture.host, fixture.guest), now)


def tell_declined(*, fixture: Fixture, by: Team, reason: str, now: datetime) -> None:
    """Told to the other side; whoever said no knows."""
    other = fixture.guest if by.pk == fixture.host_id else fixture.host
    tell_sides("declined", fixture, (other,), now, reason=reason)


def tell_expired(*, fixture: Fixture, silent: Iterable[Team], now: datetime) -> None:
    """`silent`: the sides that did not answer; each is told in its own words."""
    silent = {team.pk for team in silent}
    for team in (fixture.host, fixture.guest):
        tell_sides("expired", fixture, (team,), now, silent=team.pk in silent)


def tell_sides(
    kind: str,
    fixture: Fixture,
    teams: tuple[Team, ...],
    now: datetime,
    *,
    revision: int | None = None,
    **facts: object,
) -> None:
    """`revision` tells apart what may be told of a fixture more than once."""
    people = answerers(teams)
    key = f"{kind}:{fixture.pk}" if revision is None else f"{kind}:{fixture.pk}:{revision}"
    for team in teams:
        _tell(
            kind,
            key=key,
            fixture=fixture,
            team=team,
            people=people,
            link=lambda person: settings.BASE_URL + fixture.get_absolute_url(),
            now=now,
            **facts,
        )


def _tell(
    kind: str,
    *,
    key: str,
    fixture: Fixture,
    team: Team,
    people: People,
    link: Callable[[User], str],
    now: datetime,
    invitation: Invitation | None = None,
    **facts: object,
) -> int:
    """One mail to each of the team's people, in the language of each."""
    side = Side.HOST if team.pk == fixture.host_id else Side.GUEST
    opponent = fixture.opponent_of(side)
    context = {
        "fixture": fixture,
        "team": team,
        "opponent": opponent,
        "side": side,
        "note": fixture.note_of(Side.GUEST if side == Side.HOST else Side.HOST),
        **facts,
    }
    told = people.get(team.pk, [])
    if not told:
        log.warning("nobody can be told of fixture %s for team %s (%s)", fixture.pk, team.pk, kind)
    asked = (invitation or _invitation_of(fixture, team)) if kind in TOLD_TO_CALENDARS else None
    for person in told:
        mail = {"person": person, "link": link(person), **context}
        entry = calendar_part(fixture=fixture, invitation=asked, person=person, now=now) if asked else None
        notify(
            person=person,
            kind=kind,
            dedupe_key=key,
            template=f"exchange/{kind}",
            context=mail,
            link=mail["link"],
            now=now,
            calendar=entry,
        )
    return len(told)


def _invitation_of(fixture: Fixture, team: Team) -> Invitation | None:
    return fixture.invitations.filter(team=team).order_by("pk").last()


def _invitation_key(invitation: Invitation) -> str:
    return f"invitation:{invitation.pk}:{invitation.version}"
