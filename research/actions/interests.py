"""Somebody answers a call for partners."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from portal.models import User
from portal.refusal import Refusal
from research.answering import why_not_answer
from research.call_notices import tell_interest
from research.models import Call, Interest
from research.person_names import known_name

DAY = timedelta(days=1)
#: Within a day: by one person to all calls, and to one call by everybody.
MOST_BY_PERSON, MOST_TO_CALL = 10, 100
#: Characters.
LONGEST = 4000


class UnableToAnswer(Refusal):
    pass


@transaction.atomic
def express_interest(*, call: Call, text: str, by: User, now: datetime, name: str = "") -> Interest:
    """`name` is kept for people who have told none so far: the lead reads it."""
    # Both rows are held, so that answers sent at the same time pass no limit together.
    person = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    current = Call.objects.select_related("project__lead").get(pk=call.pk)
    if fault := why_not_answer(current, person, now):
        raise UnableToAnswer(fault)
    _keep_limits(current, person, now)
    if not known_name(person):
        if not name:
            raise UnableToAnswer(_("Say your name, so that the lead knows who answers."))
        person.first_name = name
        person.save(update_fields=["first_name"])
    interest = Interest.objects.create(call=current, person=person, text=text, created_at=now, moved_at=now)
    tell_interest(interest=interest, now=now)
    return interest


def _keep_limits(call: Call, person: User, now: datetime) -> None:
    lately = Interest.objects.filter(created_at__gt=now - DAY)
    if lately.filter(person=person).count() >= MOST_BY_PERSON:
        raise UnableToAnswer(_("You have answered many calls today. Please go on tomorrow."))
    if lately.filter(call=call).count() >= MOST_TO_CALL:
        raise UnableToAnswer(_("This call has had many answers today. Please answer it tomorrow."))
