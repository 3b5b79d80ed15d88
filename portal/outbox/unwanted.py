from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from portal.enums import MAIL_DUE, MAIL_LEASED, MailState
from portal.models import OutboxMessage, User

#: In two halves, so that PostgreSQL finds each in its partial index.
UNSENT = Q(state__in=MAIL_DUE) | Q(state__in=MAIL_LEASED)

#: Beside the mail servers' own answers, which are English too.
UNWANTED = "Not sent: its reader has turned off mails of this kind."


@transaction.atomic
def hold_back_mails(*, person: User, kinds: Iterable[str]) -> int:
    """Suppresses the unsent notices of these kinds: their reader no longer wants them.

    They are known by the end of the dedupe key, since the address may have changed. One that is being handed
    over this very moment may still arrive; it is not tried again. Returns how many surely stay.
    """
    own = OutboxMessage.objects.filter(UNSENT, kind__in=list(kinds), dedupe_key__endswith=f":{person.pk}")
    states = dict(own.select_for_update().order_by("pk").values_list("pk", "state"))
    handed_over = [pk for pk, state in states.items() if state == MailState.DATA]
    OutboxMessage.objects.filter(pk__in=handed_over).update(state=MailState.CANCELLED)
    return OutboxMessage.objects.filter(pk__in=states.keys() - handed_over).update(
        state=MailState.SUPPRESSED, last_answer=UNWANTED, lease_token=None, lease_until=None
    )
