"""Addresses to subscribe to, and a fixture for search engines."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from exchange.feed_keys import make_address
from exchange.sports_events import as_json_ld
from portal.models import User

register = template.Library()


@register.simple_tag
def feed_link(kind: str, key: int | str) -> str:
    """Of the public feed of a team, club, university, season or sport: opens a calendar program."""
    return _subscribed(settings.BASE_URL + reverse(f"exchange:{kind}_feed", args=[key]))


@register.simple_tag
def own_feed_link(person: User) -> str:
    return _subscribed(make_address(person))


@register.filter
def json_ld(event: dict[str, object]) -> SafeString:
    return as_json_ld(event)


def _subscribed(address: str) -> str:
    return urlsplit(address)._replace(scheme="webcal").geturl()
