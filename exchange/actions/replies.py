"""Answers that come from calendar programs by mail (iMIP, RFC 6047).

Only the invited person answers, from the address that was invited, to the address that only they were told;
whatever else comes is put aside for a person to look at. docs/decisions/0013 says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from exchange import access, reply_notices
from exchange.actions.fixtures.moves import By, UnableToMove
from exchange.actions.fixtures.offers import offer_dates
from exchange.actions.invitations import (
    UnableToAnswer,
    accept_invitation,
    decline_invitation,
    note_perhaps,
)
from exchange.calendar.answers import CalendarAnswer, UnreadableCalendarError, read_calendar
from exchange.date_rules import ProposedDate
from exchange.enums import FIXTURE_COMING, Actor, AnswerWay, FixtureState, InvitationState
from exchange.models import Invitation
from exchange.queries.invitations import with_facts
from portal.inbound import Done, Outcome, ParsedMail, PutAside
from portal.inbound.addresses import CALENDAR
from portal.inbound.automatic import recognise_automatic
from portal.models import User
from portal.outbox.addresses import UnmailableError, wire_address
from portal.refusal import Refusal

ACCEPTED = Done(gettext_noop("Accepted from a calendar."))
DECLINED = Done(gettext_noop("Declined from a calendar."))
PERHAPS = Done(gettext_noop("A calendar has answered “perhaps”."))
OFFERED = Done(gettext_noop("Another date was offered from a calendar."))
SAME = Done(gettext_noop("The same answer as before."))
OLDER = Done(gettext_noop("An older answer than the one that stands; nothing has changed."))
REFUSED = gettext_noop("This answer is not possible any more; its sender was told what stands.")

UNREADABLE = gettext_noop("The calendar in this mail cannot be read.")
NO_ANSWER = PutAside(gettext_noop("A calendar that is no answer to an invitation."))
NO_TAG = PutAside(gettext_noop("An answer without the address that the invitation came from. No effect."))
GONE = PutAside(gettext_noop("The invitation or the account that this answers for is gone. No effect."))
OTHER_SENDER = PutAside(
    gettext_noop("Not sent from the address that was invited, or answered for another. No effect.")
)
NOT_ACTING = PutAside(gettext_noop("Its sender may not act for the club any more. No effect."))
OTHER_EVENT = PutAside(gettext_noop("It answers another event than the one it was sent for. No effect."))
STALE = gettext_noop("An answer to another date than the one that stands. No effect.")
UNKNOWN_ANSWER = gettext_noop("A calendar gave an answer that is neither yes, no nor perhaps.")
UNKNOWN_DATE = PutAside(gettext_noop("Another date is proposed, in a time zone that is not known."))
TOO_LATE = PutAside(
    gettext_noop("Declined after both had agreed; its sender was told how to cancel. No effect.")
)

#: The state in which an invitation has got this very answer.
SAME_STATE = {"ACCEPTED": InvitationState.ACCEPTED, "DECLINED": InvitationState.DECLINED}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer whose sender is proven, with what it answers."""

    mail: ParsedMail
    answer: CalendarAnswer
    invitation: Invitation
    person: User
    #: "COUNTER" for another date.
    says: str


def read_reply(mail: ParsedMail, now: datetime) -> Outcome | None:
    """The handler of incoming mail. None: there is no calendar in it that could concern us."""
    try:
        answer = read_calendar(mail)
    except UnreadableCalendarError as fault:
        return PutAside(UNREADABLE, str(fault)) if mail.tag(CALENDAR) else None
    if answer is None:
        return None
    ids = mail.tag(CALENDAR, answer.organizer)
    if answer.method not in ("REPLY", "COUNTER"):
        return NO_ANSWER
    if ids is None or len(ids) != 2:
        return NO_TAG
    reply = _proven(mail, answer, *ids)
    if isinstance(reply, PutAside):
        return reply
    with translation.override(reply.person.language):
        return _stands(reply) or _act(reply, now)


def _proven(mail: ParsedMail, answer: CalendarAnswer, invitation_id: int, person_id: int) -> Reply | PutAside:
    invitation = with_facts(Invitation.objects.filter(pk=invitation_id)).first()
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if invitation is None or person is None:
        return GONE
    addresses = _addresses(person)
    if mail.sender not in addresses or not addresses & answer.partstats.keys():
        return OTHER_SENDER
    if not access.invitations_of(person).filter(pk=invitation.pk).exists():
        return NOT_ACTING
    if answer.uid != str(invitation.fixture.uid):
        return OTHER_EVENT
    says = "COUNTER" if answer.method == "COUNTER" else answer.partstat_of(addresses)
    return Reply(mail, answer, invitation, person, says)


def _addresses(person: User) -> set[str]:
    try:
        return {person.email.lower(), wire_address(person.email).lower()}
    except UnmailableError:
        return {person.email.lower()}


def _stands(reply: Reply) -> Outcome | None:
    """Why there is nothing to do: it was done, or it speaks of what is over."""
    invitation, answer = reply.invitation, reply.answer
    if SAME_STATE.get(reply.says) == invitation.state:
        return SAME
    if (
        answer.stamp
        and invitation.answered_at
        and invitation.answered_by_id == reply.person.pk
        and answer.stamp < invitation.answered_at
    ):
        # Mails overtake each other; of two answers of one person the later one counts.
        return OLDER
    fixture = invitation.fixture
    if fixture.state in FIXTURE_COMING and answer.sequence != fixture.sequence:
        return PutAside(STALE, f"SEQUENCE {answer.sequence}, {fixture.sequence}")
    return None


def _act(reply: Reply, now: datetime) -> Outcome:
    answered = {"invitation": reply.invitation, "by": reply.person, "via": AnswerWay.CALENDAR, "now": now}
    try:
        match reply.says:
            case "ACCEPTED":
                accept_invitation(**answered)
                return ACCEPTED
            case "DECLINED" if reply.invitation.fixture.state == FixtureState.CONFIRMED:
                _tell(reply, _("Both sides have accepted, and the other side counts on you."), now)
                return TOO_LATE
            case "DECLINED":
                decline_invitation(**answered, reason=reply.answer.comment)
                return DECLINED
            case "TENTATIVE":
                note_perhaps(invitation=reply.invitation, now=now)
                return PERHAPS
            case "COUNTER":
                return _offer(reply, now)
    except (UnableToAnswer, UnableToMove) as refusal:
        return _refuse(reply, refusal, now)
    return PutAside(UNKNOWN_ANSWER, reply.says[:40])


def _offer(reply: Reply, now: datetime) -> Outcome:
    """A calendar proposes one date, at the venue that stands: it knows nothing of the portal's other ones."""
    fixture, start = reply.invitation.fixture, reply.answer.start
    if start is None:
        return UNKNOWN_DATE
    there = start.astimezone(fixture.time_zone)
    offer_dates(
        fixture=fixture,
        by=By(Actor(reply.invitation.side), reply.person, AnswerWay.CALENDAR),
        dates=[ProposedDate(there.date(), there.time().replace(tzinfo=None), fixture.venue)],
        note=reply.answer.comment,
        now=now,
    )
    return OFFERED


def _refuse(reply: Reply, refusal: Refusal, now: datetime) -> Done:
    _tell(reply, str(refusal), now)
    return Done(REFUSED, str(refusal))


def _tell(reply: Reply, refusal: str, now: datetime) -> None:
    """Programs that answer by themselves are told nothing: two of them would talk to no end."""
    if recognise_automatic(reply.mail, now) is None:
        reply_notices.tell_refused(
            invitation=reply.invitation,
            person=reply.person,
            says=reply.says,
            sequence=reply.answer.sequence,
            refusal=refusal,
            now=now,
        )
