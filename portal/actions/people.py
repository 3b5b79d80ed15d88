from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.models import University, User
from portal.newcomers import has_proven_address
from portal.refusal import Refusal


@transaction.atomic
def know_person(*, email: str, language: str) -> User:
    """The account with this address; a new one, without a password, when there is none.

    Somebody who signed up under the address but never proved to own it may be anybody. Their password is
    dropped, so that the owner, who is mailed a link to set one, does not share the account with a stranger.
    Not so where the account is in use: a portal administrator made on the server has proven no address.
    """
    address = email.strip().lower()
    proven = EmailAddress.objects.filter(email=address, verified=True).select_related("user").first()
    if proven is not None:
        return proven.user
    user = _account(address, language)
    EmailAddress.objects.get_or_create(user=user, email=address, defaults={"primary": True})
    if user.has_usable_password() and not has_proven_address(user) and not _is_used(user):
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def account_address(email: str, *, otherwise: type[Refusal]) -> str:
    """One that an account can have; `otherwise` says that it cannot."""
    address = email.strip().lower()
    try:
        User._meta.get_field("email").clean(address, None)
    except ValidationError:
        raise otherwise(_("“%(email)s” is no e-mail address.") % {"email": email[:100]}) from None
    return address


def take_over_time_zone(*, person: User, university: University) -> None:
    """Who has chosen none lives by the clock of the first university that gives them something to do."""
    User.objects.filter(pk=person.pk, time_zone="").update(time_zone=university.time_zone)


def _is_used(user: User) -> bool:
    """Strangers cannot get that far: before an address is proven nobody signs up into rights or signs in."""
    trusted = user.is_superuser or user.is_staff or user.last_login is not None
    return trusted or user.groups.exists()


def _account(address: str, language: str) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(address, language=language)
    except IntegrityError:
        return User.objects.get(email__iexact=address)
