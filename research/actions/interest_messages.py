"""Lead and interested person write each other through the portal, without knowing their addresses."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from portal.models import User
from portal.refusal import Refusal
from research.call_access import actor_of
from research.call_notices import tell_message
from research.enums import INTEREST_OPEN, InterestState
from research.models import Interest, InterestMessage

DAY = timedelta(days=1)
#: Within a day: by one person about one answer, and about all.
MOST_ABOUT_ONE, MOST_BY_WRITER = 10, 60
#: Characters.
LONGEST = 4000
#: While something is to be agreed on, and afterwards for those who work together.
TALKING = (*INTEREST_OPEN, InterestState.JOINED)


class UnableToWrite(Refusal):
    pass


@transaction.atomic
def write_message(*, interest: Interest, text: str, by: User, now: datetime) -> InterestMessage:
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    current = Interest.objects.select_related("call__project__lead", "person").get(pk=interest.pk)
    if actor_of(by, current) is None:
        raise UnableToWrite(_("You have no part in this conversation."))
    if current.state not in TALKING:
        raise UnableToWrite(_("This answer is settled, and nobody writes about it any more."))
    _keep_limits(current, by, now)
    message = InterestMessage.objects.create(interest=current, by=by, text=text, sent_at=now)
    tell_message(message=message, now=now)
    return message


def _keep_limits(interest: Interest, by: User, now: datetime) -> None:
    lately = InterestMessage.objects.filter(by=by, sent_at__gt=now - DAY)
    if lately.filter(interest=interest).count() >= MOST_ABOUT_ONE:
        raise UnableToWrite(_("You have written a lot about this answer today. Please go on tomorrow."))
    if lately.count() >= MOST_BY_WRITER:
        raise UnableToWrite(_("You have written many messages today. Please go on tomorrow."))
