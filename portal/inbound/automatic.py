"""Mail that no person wrote to us: noted quietly, and never answered, so that two programs talk to no end."""

from __future__ import annotations

from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext_noop

from portal.models import OutboxMessage

from .handlers import Done
from .parsed import ParsedMail

OWN = Done(gettext_noop("One of the portal's own mails came back to it."))
AUTOMATIC = Done(gettext_noop("An automatic answer, such as a notice of absence."))

#: Written by programs that answer or send to many; RFC 3834 names the first, the others are older customs.
MARKS = ("x-autoreply", "x-autorespond", "x-auto-reply", "list-id")
PRECEDENCES = ("bulk", "junk", "list", "auto_reply")


def recognise_own(mail: ParsedMail, now: datetime) -> Done | None:
    """By its Message-ID: a sender can be anybody's invention."""
    message_id = mail.header("message-id")
    if mail.sender == parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower() and message_id:
        return OWN if OutboxMessage.objects.filter(message_id=message_id[:200]).exists() else None
    return None


def recognise_automatic(mail: ParsedMail, now: datetime) -> Done | None:
    submitted = mail.header("auto-submitted").partition(";")[0].strip().lower()
    marked = submitted not in ("", "no") or any(mail.headers(name) for name in MARKS)
    unanswerable = mail.header("return-path").strip() == "<>"
    if marked or unanswerable or mail.header("precedence").strip().lower() in PRECEDENCES:
        return AUTOMATIC
    return None
