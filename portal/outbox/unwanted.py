from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from portal.enums import MailState
from portal.models import User

from .withhold import lock_unsent, withhold

#: Beside the mail servers' own answers, which are English too.
UNWANTED = "Not sent: its reader has turned off mails of this kind."


@transaction.atomic
def hold_back_mails(*, person: User, kinds: Iterable[str]) -> int:
    """Suppresses the unsent notices of these kinds: their reader no longer wants them.

    They are known by the end of the dedupe key, since the address may have changed. Returns how many surely
    stay.
    """
    own = Q(kind__in=list(kinds), dedupe_key__endswith=f":{person.pk}")
    return withhold(lock_unsent(own), MailState.SUPPRESSED, UNWANTED)
