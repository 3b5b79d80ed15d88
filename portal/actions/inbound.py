"""What is done with incoming mail, by the clock and by portal administrators."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from portal.enums import INBOUND_OPEN, InboundState
from portal.inbound.imap import Mailbox, UnreachableMailboxError, take_mail
from portal.inbound.read import read_mail, read_waiting
from portal.models import InboundMail, User
from portal.refusal import Refusal

log = logging.getLogger(__name__)


class UnableToRead(Refusal):
    pass


class UnableToSettle(Refusal):
    pass


def read_mailbox(*, now: datetime) -> int:
    """Empties the mailbox, if there is one, and reads what is new; a server that is away waits a minute."""
    if settings.IMAP_URL:
        try:
            take_mail(Mailbox.at(settings.IMAP_URL), now=now)
        except UnreachableMailboxError as fault:
            log.warning("the mailbox was not read to its end: %s", fault)
    return read_waiting(now=now)


def try_again(*, mail: InboundMail, now: datetime) -> InboundMail:
    """Asks the handlers once more, after something has been mended."""
    if mail.is_cut:
        raise UnableToRead(_("Only the headers of this mail were kept; answer its sender by hand."))
    moved = _open(mail).update(state=InboundState.NEW, tries=0, handler="", outcome="", detail="")
    if not moved:
        raise UnableToRead(_("This mail has been settled meanwhile."))
    return read_mail(mail_id=mail.pk, now=now)


def settle_mail(*, mail: InboundMail, by: User, now: datetime) -> None:
    """Somebody has done by hand what the mail asks for."""
    if not _open(mail).update(state=InboundState.DONE, handled_by=by, handled_at=now):
        raise UnableToSettle(_("This mail has been settled meanwhile."))


def forget_mail(*, now: datetime) -> int:
    """Deletes what is older than it may be kept; settled or not, it holds what people wrote."""
    kept_since = now - timedelta(days=settings.INBOUND_DAYS)
    return InboundMail.objects.filter(received_at__lt=kept_since).delete()[0]


def _open(mail: InboundMail):
    return InboundMail.objects.filter(pk=mail.pk, state__in=INBOUND_OPEN)
