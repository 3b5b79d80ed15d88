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


class JoinState(TextChoices):
    """Of a request that a university may join."""

    WAITING = "waiting", _("waits for a decision")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


#: A decision is final; who was declined may ask again.
JOIN_MOVES = {JoinState.WAITING: {JoinState.APPROVED, JoinState.DECLINED, JoinState.WITHDRAWN}}


class AgreementSubject(TextChoices):
    """What an agreement is about."""

    EVENTS = "events", _("Plan of events")
    ANTI_DOPING = "anti_doping", _("Anti-doping")
    CLUBS = "clubs", _("Exchange of clubs and teams")
    RESEARCH = "research", _("Research")
    EQUIPMENT = "equipment", _("Equipment and facilities")


class AgreementState(TextChoices):
    """Told by its days; no column holds it."""

    SIGNED = "signed", _("not in force yet")
    IN_FORCE = "in_force", _("in force")
    ENDED = "ended", _("ended")


class EventKind(TextChoices):
    COMPETITION = "competition", _("Competition")
    CAMP = "camp", _("Training camp")
    CONGRESS = "congress", _("Congress")
    COURSE = "course", _("Course")
    OTHER = "other", _("Other")


class Delivery(TextChoices):
    """How a notice that need not be acted on comes to a person."""

    AT_ONCE = "at-once", _("At once")
    DAILY = "daily", _("Daily digest")
    NEVER = "never", _("Never")


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
    MailState.QUEUED: {MailState.LEASED, MailState.CANCELLED, MailState.SUPPRESSED},
    MailState.RETRY: {MailState.LEASED, MailState.CANCELLED, MailState.SUPPRESSED},
    MailState.LEASED: {
        MailState.DATA,
        MailState.RETRY,
        MailState.FAILED,
        MailState.CANCELLED,
        MailState.SUPPRESSED,
    },
    MailState.DATA: {
        MailState.SENT,
        MailState.RETRY,
        MailState.FAILED,
        MailState.UNCERTAIN,
        MailState.CANCELLED,
    },
    MailState.CANCELLED: {MailState.SENT},
    # By a portal administrator, on the outbox's page.
    MailState.FAILED: {MailState.QUEUED, MailState.CANCELLED},
    MailState.UNCERTAIN: {MailState.QUEUED, MailState.CANCELLED},
    MailState.SUPPRESSED: {MailState.QUEUED},
}
#: Mails that people may send again. What was withdrawn is no longer true, what was sent has arrived.
MAIL_RESENDABLE = (MailState.FAILED, MailState.UNCERTAIN, MailState.SUPPRESSED)
#: Mails that people may discard.
MAIL_DISCARDABLE = (*MAIL_DUE, *MAIL_UNDELIVERED)


class InboundState(TextChoices):
    """What became of a mail that came in."""

    NEW = "new", _("not read yet")
    DONE = "done", _("done")
    PUT_ASIDE = "put_aside", _("put aside")
    FAILED = "failed", _("could not be read")


#: Somebody should look at these.
INBOUND_OPEN = (InboundState.PUT_ASIDE, InboundState.FAILED)
#: "Try again" makes a mail new.
INBOUND_MOVES = {
    InboundState.NEW: {InboundState.DONE, InboundState.PUT_ASIDE, InboundState.FAILED},
    InboundState.PUT_ASIDE: {InboundState.NEW, InboundState.DONE},
    InboundState.FAILED: {InboundState.NEW, InboundState.DONE},
}
