from __future__ import annotations

from django.db import transaction
from django.db.models import F

from exchange.feed_keys import FIRST
from exchange.models import FeedKey
from portal.models import User


@transaction.atomic
def renew_feed_address(*, person: User) -> None:
    """The old address shows nothing from now on."""
    FeedKey.objects.get_or_create(user=person, defaults={"version": FIRST})
    FeedKey.objects.filter(user=person).update(version=F("version") + 1)
