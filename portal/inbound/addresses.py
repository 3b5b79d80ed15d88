"""Addresses that say what an answer to them is about, and prove that the portal gave them out.

`portal+c.17.42.k7w3…@example.org`: purpose, ids, and a seal over both. Mail systems write addresses in small
letters, so nothing in them depends on capitals.
"""

from __future__ import annotations

from base64 import b32encode
from email.utils import parseaddr

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

#: The envelope's sender of a mail of the outbox, where it comes back to; id: the outbox row.
BOUNCE = "b"
#: The organizer of a calendar invitation, whom calendars answer; ids: the invitation, the person.
CALENDAR = "c"

#: Bytes of the seal. Each guess is a mail, and 2⁸⁰ of them are too many.
SEAL_BYTES = 10
#: What stands before the @ may not be longer (RFC 5321, 4.5.3.1.1).
LONGEST_LOCAL_PART = 64


def tagged(purpose: str, *ids: int) -> str:
    """The portal's address with `ids` in it; the plain sender's where REPLY_ADDRESS is not configured."""
    if not settings.REPLY_ADDRESS:
        return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    name, _at, domain = settings.REPLY_ADDRESS.rpartition("@")
    body = ".".join(map(str, ids))
    local = f"{name}+{purpose}.{body}.{_seal(purpose, body)}"
    if len(local) > LONGEST_LOCAL_PART:
        raise ValueError(f"{local!r} is too long for what stands before the @.")
    return f"{local}@{domain}"


def read_tag(purpose: str, address: str) -> tuple[int, ...] | None:
    """The ids in an address that `tagged` gave out for this very purpose; None for any other."""
    name, _at, domain = settings.REPLY_ADDRESS.lower().rpartition("@")
    local, _at, given_domain = address.strip().lower().rpartition("@")
    beginning = f"{name}+{purpose}."
    if not name or given_domain != domain or not local.startswith(beginning):
        return None
    body, _dot, seal = local.removeprefix(beginning).rpartition(".")
    if not constant_time_compare(seal, _seal(purpose, body)):
        return None
    return tuple(int(one) for one in body.split("."))


def _seal(purpose: str, body: str) -> str:
    digest = salted_hmac(f"portal.inbound.addresses.{purpose}", body, algorithm="sha256").digest()
    return b32encode(digest[:SEAL_BYTES]).decode().lower()
