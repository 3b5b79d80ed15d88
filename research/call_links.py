"""The link in a reminder that extends a call without signing in: for this call, this day, this person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.models import User
from portal.refusal import Refusal
from research.access import leads
from research.call_days import today_at
from research.models import Call

#: Nothing that is signed for another purpose extends a call.
PURPOSE = "research.extend-call/1"
#: A call that has expired can be taken up again by its reminder for so long.
AFTERWARDS = timedelta(days=14)


class BadExtensionLink(Refusal):
    pass


@dataclass(frozen=True, slots=True)
class Extension:
    """What a genuine link says: who extends which call from which day on."""

    call: Call
    person: User
    until: date


def make_extension_link(call: Call, person: User) -> str:
    """Used once: it names the day that it extends, and that day is then another one."""
    token = signing.Signer(salt=PURPOSE).sign_object([call.pk, person.pk, call.until.toordinal()])
    return settings.BASE_URL + reverse("research:call_extension", args=[token])


def read_extension_token(token: str, *, now: datetime) -> Extension:
    """Raises `BadExtensionLink` for what we have not signed, has run out, or is not theirs any more."""
    try:
        call_id, person_id, ordinal = signing.Signer(salt=PURPOSE).unsign_object(token)
    except (signing.BadSignature, ValueError) as fault:
        raise BadExtensionLink(_("This link is not complete. Open it from the mail once more.")) from fault
    call = Call.objects.select_related("project__lead").filter(pk=call_id).first()
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if call is None or person is None or not leads(person, call.project):
        raise BadExtensionLink(_("You do not lead this project any more, or the call is gone."))
    until = date.fromordinal(ordinal)
    if today_at(call.project.lead, now) > until + AFTERWARDS:
        raise BadExtensionLink(_("This link is too old. Sign in to take the call up again."))
    return Extension(call, person, until)
