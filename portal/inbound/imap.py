"""The mailbox on a server. A mail is stored here and only then deleted there: what is killed in between reads
it again, and the same bytes are stored once.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from imapclient import FLAGGED, IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from portal.clock import Clock

from .store import MOST_BYTES, MOST_HEADER_BYTES, store_mail

log = logging.getLogger(__name__)

#: What one look into the mailbox takes at most; the next is a minute away.
MOST_MAILS, MOST_SECONDS = 100, 40
#: Seconds to connect, and for one answer.
TIMEOUT = SocketTimeout(connect=10, read=20)


class UnreachableMailboxError(Exception):
    """Its text says what the server, or the way to it, does not like."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    host: str
    port: int
    user: str
    password: str
    folder: str
    #: TLS from the start; else by STARTTLS.
    tls: bool

    @classmethod
    def at(cls, url: str) -> Mailbox:
        """Of `imaps://user:password@host:993/INBOX`."""
        parts = urlsplit(url)
        tls = parts.scheme == "imaps"
        return cls(
            host=parts.hostname or "",
            port=parts.port or (993 if tls else 143),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            tls=tls,
        )

    @property
    def is_here(self) -> bool:
        """What does not leave the machine needs no TLS."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def take_mail(mailbox: Mailbox, *, now: datetime) -> int:
    """Moves up to MOST_MAILS mails from the server into the database; returns how many."""
    clock, taken = Clock(now), 0
    with _opened(mailbox) as server:
        # A flagged one is too large and stays; a deleted one was taken by somebody who could not clean up.
        found = server.search(["UNDELETED", "UNFLAGGED"])[:MOST_MAILS]
        sizes = server.fetch(found, ["RFC822.SIZE"]) if found else {}
        for uid, facts in sizes.items():
            if clock.seconds() > MOST_SECONDS:
                break
            taken += _take(server, uid, facts.get(b"RFC822.SIZE", 0), now=now)
        server.expunge()
    return taken


@contextmanager
def _opened(mailbox: Mailbox) -> Iterator[IMAPClient]:
    try:
        with IMAPClient(mailbox.host, mailbox.port, ssl=mailbox.tls, timeout=TIMEOUT) as server:
            if not mailbox.tls and not mailbox.is_here:
                server.starttls()
            server.login(mailbox.user, mailbox.password)
            server.select_folder(mailbox.folder)
            yield server
    except (IMAPClientError, OSError) as fault:
        raise UnreachableMailboxError(f"{type(fault).__name__}: {fault}"[:500]) from fault


def _take(server: IMAPClient, uid: int, size: int, *, now: datetime) -> bool:
    """A mail that the server will not hand out is left, and keeps nobody from the next one."""
    try:
        if size > MOST_BYTES:
            store_mail(_part(server, uid, f"BODY.PEEK[HEADER]<0.{MOST_HEADER_BYTES}>"), size=size, now=now)
            server.add_flags([uid], [FLAGGED], silent=True)
        else:
            store_mail(_part(server, uid, "BODY.PEEK[]"), now=now)
            server.delete_messages([uid], silent=True)
    except IMAPClientAbortError:
        raise
    except (IMAPClientError, LookupError) as fault:
        log.warning("mail %s is left in the mailbox: %s", uid, fault)
        return False
    return True


def _part(server: IMAPClient, uid: int, what: str) -> bytes:
    """Raises LookupError when the mail has gone meanwhile."""
    answer = server.fetch([uid], [what])[uid]
    return next(value for name, value in answer.items() if name.startswith(b"BODY["))
