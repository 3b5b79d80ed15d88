"""Addresses to subscribe to."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.urls import reverse

from exchange.feed_keys import make_address
from portal.models import User

register = template.Library()


@register.simple_tag
def feed_link(kind: str, key: int | str = "") -> str:
    """Of the public feed of a team, club, university, season or sport, or of all events: opens a program."""
    return _subscribed(settings.BASE_URL + reverse(f"exchange:{kind}_feed", args=[key] if key else []))


@register.simple_tag
def own_feed_link(person: User) -> str:
    return _subscribed(make_address(person))


def _subscribed(address: str) -> str:
    return urlsplit(address)._replace(scheme="webcal").geturl()
