"""The one link in an invitation's mail: who may answer what, until when, without signing in.

The database keeps only the hash of a link's nonce: links are made when the mail is written and never again,
and a new version of the invitation ends all older ones.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from exchange.access import invitations_of
from exchange.models import Invitation
from portal.models import User
from portal.refusal import Refusal

#: Nothing that is signed for another purpose can pass as an answer link.
PURPOSE = "exchange.answer-link/1"


class BadLink(Refusal):
    pass


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """What a genuine link says. Small and plain, so that a session can keep it; see `invited`."""

    invitation_id: int
    user_id: int
    version: int


def new_nonce() -> str:
    return secrets.token_urlsafe(24)


def hash_nonce(nonce: str) -> str:
    return hashlib.sha256(nonce.encode()).hexdigest()


def make_link(*, invitation: Invitation, user: User, nonce: str) -> str:
    """Absolute, from the configured BASE_URL. When it can answer no more, it shows what stands a while."""
    expires = invitation.expires_at + timedelta(days=settings.ANSWER_LINK_DAYS)
    fields = [invitation.pk, user.pk, invitation.version, int(expires.timestamp()), nonce]
    token = signing.Signer(salt=PURPOSE).sign_object(fields)
    return settings.BASE_URL + reverse("exchange:answer_link", args=[token])


def read_token(token: str, *, now: datetime) -> AnswerKey:
    """Raises `BadLink` for what we have not signed, what has run out and what a newer mail has replaced."""
    try:
        invitation_id, user_id, version, expires, nonce = signing.Signer(salt=PURPOSE).unsign_object(token)
    except (signing.BadSignature, ValueError) as fault:
        raise BadLink(_("This link is not complete. Open it from the mail once more.")) from fault
    if now.timestamp() >= expires:
        raise BadLink(_("This link is too old. Sign in to see your invitations."))
    invitation = Invitation.objects.filter(pk=invitation_id, version=version).first()
    if invitation is None or not constant_time_compare(hash_nonce(nonce), invitation.nonce_hash):
        raise BadLink(_("This link has been replaced. Use the one in the newest mail, or sign in."))
    return AnswerKey(invitation_id, user_id, version)


def invited(key: AnswerKey) -> tuple[Invitation, User]:
    """The invitation and who answers it; raises `BadLink` if that person may not act for the club now."""
    person = User.objects.filter(pk=key.user_id, is_active=True).first()
    if person is None:
        raise BadLink(_("This link belongs to an account that is closed."))
    invitation = (
        invitations_of(person)
        .filter(pk=key.invitation_id, version=key.version)
        .select_related("fixture", "team__club__university")
        .first()
    )
    if invitation is None:
        raise BadLink(_("This link has been replaced, or you do not act for this club any more."))
    return invitation, person
