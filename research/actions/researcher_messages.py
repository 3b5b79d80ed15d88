"""Writing to a researcher without knowing their address (docs/decisions/0020)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from portal.models import User
from portal.newcomers import has_confirmed_address
from portal.refusal import Refusal
from research.models import ResearcherMessage, ResearcherProfile
from research.notices import tell_researcher_message

DAY = timedelta(days=1)
#: Within a day: by one person to all researchers, and to one researcher by everybody.
MOST_BY_WRITER, MOST_TO_RESEARCHER = 5, 20


class UnableToWrite(Refusal):
    pass


@transaction.atomic
def write_to_researcher(
    *, profile: ResearcherProfile, by: User, subject: str, text: str, now: datetime
) -> ResearcherMessage:
    """They answer to the address of `by`, who has agreed to that."""
    if not has_confirmed_address(by):
        raise UnableToWrite(_("Confirm your e-mail address first: the answer goes there."))
    # Both rows are held, so that messages sent at the same time do not pass a limit together.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    ResearcherProfile.objects.select_for_update(no_key=True).get(pk=profile.pk)
    lately = ResearcherMessage.objects.filter(written_at__gt=now - DAY)
    if lately.filter(writer=by).count() >= MOST_BY_WRITER:
        raise UnableToWrite(_("You have written to several people today. Please go on tomorrow."))
    if lately.filter(profile=profile).count() >= MOST_TO_RESEARCHER:
        raise UnableToWrite(_("This person has received many messages today. Please write tomorrow."))
    message = ResearcherMessage.objects.create(profile=profile, writer=by, written_at=now)
    if not tell_researcher_message(message=message, subject=subject, text=text, now=now):
        raise UnableToWrite(_("This person does not read messages here at the moment."))
    return message
