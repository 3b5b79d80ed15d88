"""A stored mail as portal administrators may read it: as text, with what its links prove blotted out.

Who holds such a link sets somebody's password or answers in a club's name. An administrator may look into
what did not arrive; to act as somebody else needs more than a look at a page or at a shared screen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default

BLOT = "…"
LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"']+")
#: A part of a link that no person would write: long, and with more in it than small letters and hyphens.
SECRET = re.compile(r"(?=[^/?&=#]*[^a-z/?&=#-])[^/?&=#]{16,}")
#: What comes back to an address with such a part is believed to answer this very mail.
TAG = re.compile(r"\+[^\s@+<>]+@")


@dataclass(frozen=True, slots=True)
class ShownMail:
    headers: list[tuple[str, str]]
    text: str


def show_mail(mime: bytes) -> ShownMail:
    """An empty one for a mail that was never built, since its address is none."""
    message = message_from_bytes(mime, policy=default)
    body = message.get_body(("plain",)) if mime else None
    text = body.get_content().replace("\r\n", "\n") if body else ""
    return ShownMail(
        [(name, hide_secrets(str(value))) for name, value in message.items()], hide_secrets(text)
    )


def hide_secrets(text: str) -> str:
    return TAG.sub(f"+{BLOT}@", LINK.sub(lambda link: _hidden(link[0]), text))


def _hidden(link: str) -> str:
    scheme, mark, rest = link.partition("://")
    if not mark:
        return SECRET.sub(BLOT, link)
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host}{slash}{SECRET.sub(BLOT, path)}"
