"""What a mail about a fixture tells its reader's calendar (iMIP, RFC 6047)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from icalendar import Event, vCalAddress

from exchange.enums import FixtureState, InvitationState
from exchange.models import Fixture, Invitation
from portal.inbound.addresses import CALENDAR, tagged
from portal.models import User
from portal.outbox.addresses import UnmailableError, wire_address
from portal.outbox.mime import CalendarPart

from .events import OFF, fixture_event, in_calendar

#: Of these a calendar holds the date; once the day has come, there is nothing more to tell it.
STANDS = (FixtureState.PROPOSED, FixtureState.CONFIRMED)


class Answers(NamedTuple):
    """What a calendar knows of its owner's answer, and whether it asks for one."""

    partstat: str
    rsvp: bool


def calendar_part(
    *, fixture: Fixture, invitation: Invitation, person: User, now: datetime
) -> CalendarPart | None:
    """REQUEST while the fixture stands, CANCEL when it is off, for this one person.

    PUBLISH where nobody would read an answer (REPLY_ADDRESS): a button that answers into the void would be
    worse than none. None for a person without a usable address and for what has begun.
    """
    if fixture.state not in (*STANDS, *OFF):
        return None
    try:
        address = wire_address(person.email)
    except UnmailableError:
        return None
    with translation.override(person.language):
        event = fixture_event(fixture, stamp=now)
    method = "PUBLISH"
    event.add("ORGANIZER", _organizer(invitation, person))
    if settings.REPLY_ADDRESS:
        method = "CANCEL" if fixture.state in OFF else "REQUEST"
        _invite(event, address, person, _known(invitation, fixture))
    return CalendarPart(method, in_calendar([event], method=method, uid=str(fixture.uid)).to_ical())


def _organizer(invitation: Invitation, person: User) -> vCalAddress:
    """One for each invited person, for ever: the answer comes back to it, and proves whose it is."""
    return vCalAddress.new(tagged(CALENDAR, invitation.pk, person.pk), cn=settings.WAGTAIL_SITE_NAME)


def _invite(event: Event, address: str, person: User, answers: Answers) -> None:
    attendee = vCalAddress.new(
        address,
        cn=person.get_full_name() or None,
        cutype="INDIVIDUAL",
        role="REQ-PARTICIPANT",
        partstat=answers.partstat,
        rsvp=answers.rsvp,
    )
    event.add("ATTENDEE", attendee)


def _known(invitation: Invitation, fixture: Fixture) -> Answers:
    """The club has answered, whichever of its people did: the calendars of the others need not ask again."""
    if fixture.state == FixtureState.CONFIRMED or invitation.state == InvitationState.ACCEPTED:
        return Answers("ACCEPTED", rsvp=False)
    return Answers("NEEDS-ACTION", rsvp=fixture.state == FixtureState.PROPOSED)
