"""The link that stops one kind of mail without signing in, and the headers that carry it (RFC 8058)."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.models import User
from portal.refusal import Refusal

from .kinds import NoticeKind, UnknownKindError, kind_of

#: Nothing that is signed for another purpose stops mail.
PURPOSE = "portal.unsubscribe/1"


class BadUnsubscribeLink(Refusal):
    pass


@dataclass(frozen=True, slots=True)
class Unsubscribing:
    """What a genuine link says: who no longer wants what."""

    person: User
    kind: NoticeKind


def make_unsubscribe_link(person: User, kind: NoticeKind) -> str:
    """Works as long as the account is there: a mail may be years old when its reader has had enough."""
    token = signing.Signer(salt=PURPOSE).sign_object([person.pk, kind.name])
    return settings.BASE_URL + reverse("notices_unsubscribe", args=[token])


def unsubscribe_headers(link: str) -> dict[str, str]:
    """One word each, never folded inside. DKIM must sign both, see docs/how-to/run-on-servers.md."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def ways_out(person: User, kind: NoticeKind) -> dict[str, object]:
    """What the footer of a mail that can be turned off shows."""
    return {
        "notice": kind,
        "unsubscribe_url": make_unsubscribe_link(person, kind),
        "notices_url": settings.BASE_URL + reverse("notices"),
    }


def read_unsubscribe_token(token: str) -> Unsubscribing:
    """Raises `BadUnsubscribeLink` for what we have not signed and for what cannot or need not be stopped."""
    try:
        person_id, name = signing.Signer(salt=PURPOSE).unsign_object(token)
        kind = kind_of(name)
    except (signing.BadSignature, ValueError) as fault:
        raise BadUnsubscribeLink(_("This link is not complete. Open it from the mail once more.")) from fault
    except UnknownKindError as fault:
        raise BadUnsubscribeLink(_("The portal sends no such mail any more.")) from fault
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        raise BadUnsubscribeLink(_("The account of this link is closed; no mail is sent to it."))
    if kind.transactional:
        raise BadUnsubscribeLink(
            _("Mail of this kind cannot be turned off any more, since it must be acted on.")
        )
    return Unsubscribing(person, kind)


def mask_address(address: str) -> str:
    """Enough for its owner, and little for whom a mail was forwarded to."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"
