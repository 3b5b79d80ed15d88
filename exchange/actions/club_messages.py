"""Writing to the officers of a club without knowing their addresses (docs/decisions/0020)."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from exchange.club_notices import tell_message
from exchange.models import Club, ClubMessage
from exchange.queries.people import readers_of
from portal.models import User
from portal.newcomers import has_confirmed_address
from portal.refusal import Refusal

log = logging.getLogger(__name__)

DAY = timedelta(days=1)
#: Within a day: by one person to all clubs, and to one club by everybody.
MOST_BY_WRITER, MOST_TO_CLUB = 5, 20


class UnableToWrite(Refusal):
    pass


@transaction.atomic
def write_to_club(*, club: Club, by: User, subject: str, text: str, now: datetime) -> ClubMessage:
    """To its officers, or the coordinators where it has none; they answer to the address of `by`."""
    if not has_confirmed_address(by):
        raise UnableToWrite(_("Confirm your e-mail address first: the club answers to it."))
    # Both rows are held, so that messages sent at the same time do not pass a limit together.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    Club.objects.select_for_update(no_key=True).get(pk=club.pk)
    _keep_limits(club, by, now)
    message = ClubMessage.objects.create(club=club, writer=by, written_at=now)
    readers = [person for person in readers_of(club) if person != by]
    told = [tell_message(message=message, reader=one, subject=subject, text=text, now=now) for one in readers]
    if not any(told):
        raise UnableToWrite(_("Nobody of this club reads messages here at the moment."))
    log.info("%s wrote to club %s", by.pk, club.pk)
    return message


def _keep_limits(club: Club, by: User, now: datetime) -> None:
    lately = ClubMessage.objects.filter(written_at__gt=now - DAY)
    if lately.filter(writer=by).count() >= MOST_BY_WRITER:
        raise UnableToWrite(_("You have written to several clubs today. Please go on tomorrow."))
    if lately.filter(club=club).count() >= MOST_TO_CLUB:
        raise UnableToWrite(_("This club has received many messages today. Please write tomorrow."))
