"""People who are given an account before they have a password."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from portal.models import User


def has_proven_address(user: User) -> bool:
    return EmailAddress.objects.filter(user=user, verified=True).exists()


def has_confirmed_address(user: User) -> bool:
    """The address that mails are answered to is theirs; another that is proven says nothing of it."""
    return EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()


def password_link(user: User, *, then: str) -> str:
    """Where `user` sets a password, and from there goes on to the path `then`.

    It works once and for PASSWORD_RESET_TIMEOUT seconds; afterwards the page offers to send another.
    """
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
    return f"{settings.BASE_URL}{path}?{urlencode({'next': then})}"


def believe_address(*, user: User, **signal: object) -> None:
    """Who sets a password by a mailed link reads that mailbox: no second mail needs to prove it.

    Only for people without any proven address: they could never sign in, and so never add an address that the
    link might have gone to instead.
    """
    if has_proven_address(user):
        return
    address, _made = EmailAddress.objects.get_or_create(user=user, email=user.email)
    if address.set_verified():
        address.set_as_primary(conditional=True)
