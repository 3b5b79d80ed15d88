"""The secret address of a personal feed: calendar programs do not sign in, so the address is the right."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

from exchange.models import FeedKey
from portal.models import User

#: Nothing that is signed for another purpose opens a feed.
PURPOSE = "exchange.feed/1"
#: Of who has never asked for a new address: showing one writes nothing.
FIRST = 1


def make_address(person: User) -> str:
    token = signing.Signer(salt=PURPOSE).sign_object([person.pk, _version(person.pk)])
    return settings.BASE_URL + reverse("exchange:feed_own", args=[token])


def reader_of(token: str) -> User | None:
    """None for what we have not signed, what a newer address has replaced, and a closed account."""
    try:
        person_id, version = signing.Signer(salt=PURPOSE).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    if version != _version(person_id):
        return None
    return User.objects.filter(pk=person_id, is_active=True).first()


def _version(person_id: int) -> int:
    known = FeedKey.objects.filter(user=person_id).values_list("version", flat=True)
    return known.first() or FIRST
