"""Calls and answers that tests begin with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from secrets import token_hex

from portal.models import OutboxMessage, University, User
from research.actions.calls import CallFacts, open_call
from research.actions.interests import express_interest
from research.enums import InterestState
from research.models import Call, Interest, Project, ResearcherProfile
from tests.factories import UserFactory

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
UNTIL = date(2027, 5, 31)


def facts(**changed) -> CallFacts:
    said = {"title": "A laboratory for biopsies", "text": "You analyse samples.", "places": 1, "until": UNTIL}
    return CallFacts(**(said | changed))


def call_of(project: Project, *, now: datetime = NOW, **changed) -> Call:
    return open_call(project=project, facts=facts(**changed), by=project.investigator, now=now)


def answer(call: Call, person: User | None = None, *, now: datetime = NOW, **more) -> Interest:
    text = more.pop("text", "We have biopsies of forty rowers.")
    return express_interest(call=call, text=text, by=person or UserFactory(), now=now, **more)


def in_state(call: Call, state: InterestState, person: User | None = None) -> Interest:
    """Of whoever, without the way there."""
    return Interest.objects.create(
        call=call,
        person=person or UserFactory(),
        text="We have biopsies.",
        state=state,
        created_at=NOW,
        moved_at=NOW,
    )


def profile(person: User, university: University | None = None, **more) -> ResearcherProfile:
    given = {"name": "Vera Orlova", "key": token_hex(8)} | more
    return ResearcherProfile.objects.create(person=person, university=university, **given)


def mails(kind: str) -> list[tuple[str, str, str]]:
    """Recipient, subject and text."""
    return [
        (mail.recipient, mail.subject, words_of(mail))
        for mail in OutboxMessage.objects.filter(kind=kind).order_by("pk")
    ]


def words_of(mail: OutboxMessage) -> str:
    parsed = message_from_bytes(bytes(mail.mime), policy=policy.SMTP)
    return parsed.get_body(("plain",)).get_content()
