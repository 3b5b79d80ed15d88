"""States, roles and categories of the ground floor, with the groups and moves that belong to them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Category(TextChoices):
    """Who plays: only teams of one category meet."""

    MEN = "M", _("Men")
    WOMEN = "W", _("Women")
    MIXED = "X", _("Mixed")


class UniversityRole(TextChoices):
    COORDINATOR = "coordinator", _("Coordinators")
    EDITOR = "editor", _("Editors")
    RESEARCHER = "researcher", _("Researchers")


class MailState(TextChoices):
    QUEUED = "queued", _("waiting")
    LEASED = "leased", _("being sent")
    DATA = "data", _("handed over")
    SENT = "sent", _("sent")
    RETRY = "retry", _("will be tried again")
    FAILED = "failed", _("refused")
    UNCERTAIN = "uncertain", _("may have arrived")
    CANCELLED = "cancelled", _("withdrawn")
    SUPPRESSED = "suppressed", _("held back")


#: Mails that a sweep may claim.
MAIL_DUE = (MailState.QUEUED, MailState.RETRY)
#: Mails that a worker holds.
MAIL_LEASED = (MailState.LEASED, MailState.DATA)
#: Mails that are not tried again though nobody knows them to have arrived.
MAIL_UNDELIVERED = (MailState.FAILED, MailState.UNCERTAIN)
#: What a mail may become. One that was cancelled while it was handed over may turn out to have been sent.
MAIL_MOVES = {
    MailState.QUEUED: {MailState.LEASED, MailState.CANCELLED},
    MailState.RETRY: {MailState.LEASED, MailState.CANCELLED},
    MailState.LEASED: {MailState.DATA, MailState.RETRY, MailState.FAILED, MailState.CANCELLED},
    MailState.DATA: {
        MailState.SENT,
        MailState.RETRY,
        MailState.FAILED,
        MailState.UNCERTAIN,
        MailState.CANCELLED,
    },
    MailState.CANCELLED: {MailState.SENT},
}
