"""Mails that came back. Only what proves to be about a mail of ours, to its own recipient, has an effect.

The proof is the address it came to: each mail leaves with an envelope's sender of its own (`addresses`), and
whoever has not seen that mail cannot write to it. docs/explanation/incoming-mail.md lists what suppresses.
"""

from __future__ import annotations

import re
from datetime import datetime

from django.utils.translation import gettext_noop
from flufl.bounce import scan_message

from portal.models import OutboxMessage
from portal.outbox import suppress_address

from .addresses import BOUNCE
from .delivery_status import DELIVERY_STATUS, Delivery, deliveries, is_delivery_report
from .handlers import Done, Outcome, PutAside
from .parsed import ParsedMail

SUPPRESSED = gettext_noop("The address is gone: no mail goes there any more.")
ON_ITS_WAY = Done(gettext_noop("The mail server is still trying, or has passed the mail on."))
SOFT = gettext_noop("This mail was not delivered, and the next one may be: the address stays in use.")
POLICY = gettext_noop("A mail server refuses what the portal sends. The address stays in use.")
NOT_OURS = PutAside(
    gettext_noop("A notice that a mail came back, without proof that it is one of the portal's. No effect.")
)
OTHER_RECIPIENT = PutAside(
    gettext_noop("A notice that a mail came back, about an address it was not sent to. No effect.")
)

#: A full mailbox, a mail that is too large, a server without space or at odds with what we wrote: says
#: nothing of the address (RFC 3463).
SOFT_CODES = ("5.2.2", "5.2.3", "5.3.1", "5.3.4", "5.6.")
#: Says something of us: our reputation, our signature, our content.
POLICY_CODES = ("5.7.",)
CODE = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")


def read_bounce(mail: ParsedMail, now: datetime) -> Outcome | None:
    ids = mail.tag(BOUNCE)
    row = OutboxMessage.objects.defer("mime").filter(pk=ids[0]).first() if ids else None
    if is_delivery_report(mail):
        return _judge_report(mail, row, now) if row else NOT_OURS
    return _judge_other(mail, row, now) if row else None


def _judge_report(mail: ParsedMail, row: OutboxMessage, now: datetime) -> Outcome:
    own = [one for one in deliveries(mail) if row.recipient.lower() in one.addresses]
    if not own:
        return OTHER_RECIPIENT
    failed = next((one for one in own if one.action == "failed"), None)
    return _judge(failed, row, now) if failed else ON_ITS_WAY


def _judge_other(mail: ParsedMail, row: OutboxMessage, now: datetime) -> Outcome | None:
    """A server that keeps to no standard; an answer of a person to the envelope's sender is none."""
    if any(part.get_content_type() == DELIVERY_STATUS for part in mail.message.walk()):
        # A report that somebody sends on.
        return None
    recipients = {address.decode("ascii", "replace").lower() for address in scan_message(mail.message)}
    if row.recipient.lower() not in recipients:
        return None
    code = CODE.search(mail.text)
    return _judge(Delivery(frozenset(recipients), "failed", code[0] if code else "5.0.0", ""), row, now)


def _judge(failed: Delivery, row: OutboxMessage, now: datetime) -> Outcome:
    said = f"{row.recipient}: {failed.status} {failed.diagnostic}"
    if failed.status.startswith(POLICY_CODES):
        return PutAside(POLICY, said)
    if not failed.status.startswith("5.") or failed.status.startswith(SOFT_CODES):
        return Done(SOFT, said)
    suppress_address(
        address=row.recipient, status=failed.status, diagnostic=failed.diagnostic, mail=row, now=now
    )
    return Done(SUPPRESSED, said)
