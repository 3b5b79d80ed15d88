"""Values that may be stored, with the names people read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Category(TextChoices):
    """Who plays: only teams of one category meet."""

    MEN = "M", _("Men")
    WOMEN = "W", _("Women")
    MIXED = "X", _("Mixed")


# The rest of this file was rewritten after an accident (a helper overwrote the first version): MailState and
# UniversityRole stand as their callers and RELIABILITY.md want them; check labels, groups and moves.


class UniversityRole(TextChoices):
    COORDINATOR = "coordinator", _("Coordinator")
    EDITOR = "editor", _("Editor")
    OFFICER = "officer", _("Club officer")
    RESEARCHER = "researcher", _("Researcher")


class MailState(TextChoices):
    QUEUED = "queued", _("queued")
    LEASED = "leased", _("leased")
    DATA = "data", _("being sent")
    SENT = "sent", _("sent")
    RETRY = "retry", _("will be tried again")
    FAILED = "failed", _("failed")
    UNCERTAIN = "uncertain", _("uncertain")
    CANCELLED = "cancelled", _("cancelled")
    SUPPRESSED = "suppressed", _("suppressed")


#: Mail that waits for its turn.
MAIL_DUE = (MailState.QUEUED, MailState.RETRY)
#: Mail that a drainer holds.
MAIL_LEASED = (MailState.LEASED, MailState.DATA)
