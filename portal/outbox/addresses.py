"""An address as SMTP carries it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode


class UnmailableError(Exception):
    """Its text says what is wrong with the address."""


def wire_address(address: str) -> str:
    """`address` with its domain in ASCII; letters beyond ASCII before the @ are beyond plain SMTP."""
    name, _at, domain = address.strip().rpartition("@")
    if not name.isascii():
        raise UnmailableError(f"“{address}” has letters before the @ that mail servers do not carry.")
    try:
        wire = f"{name}@{punycode(domain)}"
        validate_email(wire)
    except (ValidationError, UnicodeError):
        raise UnmailableError(f"“{address}” is no e-mail address.") from None
    return wire
