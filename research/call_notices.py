"""Mails about calls and their answers. No address of a person stands in them, and none answers to one."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from research.call_links import make_extension_link
from research.enums import InterestState
from research.models import Call, Interest, InterestMessage
from research.person_names import profile_of, shown_name
from research.queries.leads import leaders_of
from research.telling import tell


def tell_interest(*, interest: Interest, now: datetime) -> None:
    """To whoever leads the project: there is an answer."""
    profile = profile_of(interest.person)
    context = _about(interest) | {"university": profile.university if profile else None}
    for leader in leaders_of(interest.call.project):
        tell(leader, "interest", f"interest:{interest.pk}", context, now)


def tell_person_moved(*, interest: Interest, now: datetime) -> None:
    """An invitation is to be answered, so it comes always."""
    kind = "interest_invited" if interest.state == InterestState.INVITED else "interest_moved"
    key = f"interest_moved:{interest.pk}:{interest.state}"
    tell(interest.person, kind, key, _about(interest), now, template="interest_moved")


def tell_lead_moved(*, interest: Interest, now: datetime) -> None:
    """Somebody has joined, or has taken their answer back."""
    key = f"interest_moved:{interest.pk}:{interest.state}"
    for leader in leaders_of(interest.call.project):
        tell(leader, "interest_answered", key, _about(interest), now)


def tell_message(*, message: InterestMessage, now: datetime) -> None:
    """To the other side, with the text."""
    interest = message.interest
    by_person = message.by_id == interest.person_id
    readers = leaders_of(interest.call.project) if by_person else [interest.person]
    context = _about(interest) | {"writer": shown_name(message.by), "text": message.text}
    for reader in readers:
        if reader.pk != message.by_id:
            key = f"interest_message:{message.pk}"
            tell(reader, "interest_message", key, context, now)


def tell_call_ends(*, call: Call, now: datetime) -> None:
    for leader in leaders_of(call.project):
        context = _of_call(call) | {"extend_url": make_extension_link(call, leader)}
        tell(leader, "call_ends", f"call_ends:{call.pk}:{call.until}", context, now)


def tell_call_expired(*, call: Call, now: datetime) -> None:
    for leader in leaders_of(call.project):
        context = _of_call(call) | {"extend_url": make_extension_link(call, leader)}
        tell(leader, "call_expired", f"call_expired:{call.pk}:{call.until}", context, now)


def _about(interest: Interest) -> dict[str, object]:
    call = interest.call
    path = reverse("research:interest", args=[interest.pk])
    return {
        "interest": interest,
        "call": call,
        "project": call.project,
        "name": shown_name(interest.person),
        "url": f"{settings.BASE_URL}{path}",
    }


def _of_call(call: Call) -> dict[str, object]:
    path = reverse("research:desk", args=[call.project_id])
    return {
        "call": call,
        "project": call.project,
        "undecided": call.interests.filter(state=InterestState.NEW).count(),
        "url": f"{settings.BASE_URL}{path}",
    }
