"""What portal administrators do with mails that the outbox does not deliver by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.enqueue import enqueue
from portal.enums import MAIL_DISCARDABLE, MAIL_RESENDABLE, MailState
from portal.models import OutboxAttempt, OutboxMessage, Suppression, User
from portal.outbox.suppress import HELD_BACK
from portal.refusal import Refusal


class UnableToResend(Refusal):
    pass


class UnableToDiscard(Refusal):
    pass


@transaction.atomic
def resend_mail(*, mail: OutboxMessage, by: User, now: datetime) -> None:
    """Due at once, with the same bytes and Message-ID, and with as many tries as a new one."""
    _refuse_in_vain(mail)
    moved = OutboxMessage.objects.filter(pk=mail.pk, state__in=MAIL_RESENDABLE).update(
        state=MailState.QUEUED, next_at=now, attempts=0, ambiguous=False
    )
    if not moved:
        raise UnableToResend(_("This mail has moved on meanwhile; look at its state again."))
    _note(mail, MailState.QUEUED, by, now)
    enqueue("portal.drain_outbox")


@transaction.atomic
def discard_mail(*, mail: OutboxMessage, by: User, now: datetime) -> None:
    """Withdrawn for good. What a sender holds this very moment is refused: it may be leaving."""
    moved = OutboxMessage.objects.filter(pk=mail.pk, state__in=MAIL_DISCARDABLE).update(
        state=MailState.CANCELLED
    )
    if not moved:
        raise UnableToDiscard(
            _("This mail is being sent or has moved on meanwhile; look at its state again.")
        )
    _note(mail, MailState.CANCELLED, by, now)


def _refuse_in_vain(mail: OutboxMessage) -> None:
    if not mail.mime:
        raise UnableToResend(_("No mail can go to this address. Correct the person’s address first."))
    if mail.state != MailState.SUPPRESSED:
        return
    if mail.last_answer != HELD_BACK:
        raise UnableToResend(_("Its reader has chosen not to get such mail."))
    if Suppression.objects.filter(address=mail.recipient.lower()).exists():
        raise UnableToResend(
            _("Mail to this address came back. Allow mail to it first, under incoming mail.")
        )


def _note(mail: OutboxMessage, outcome: MailState, by: User, now: datetime) -> None:
    OutboxAttempt.objects.create(message=mail, at=now, outcome=outcome, by=by)
