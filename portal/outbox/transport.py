"""The one place that speaks SMTP, or hands mails to another backend of Django where EMAIL_URL names one."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import SMTP
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from portal.inbound.addresses import BOUNCE, tagged
from portal.models import OutboxMessage


class BrokenConnectionError(Exception):
    """Nothing more can be said or heard; its text is for the log and the row."""


class UnwelcomeSenderError(BrokenConnectionError):
    """The server takes nothing from us, whoever it is for: our login, our sender, our quota."""


@contextmanager
def _faults_named() -> Iterator[None]:
    """Whatever smtplib and sockets raise becomes the one error that ends a batch."""
    try:
        yield
    except (smtplib.SMTPException, OSError) as fault:
        raise BrokenConnectionError(f"{type(fault).__name__}: {fault}".replace("\0", " ")[:500]) from fault


@dataclass(frozen=True, slots=True)
class Answer:
    code: int
    text: str

    @classmethod
    def of(cls, code: int, text: bytes | str) -> Answer:
        words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        # PostgreSQL keeps no NUL.
        return cls(code, " ".join(f"{code} {words}".replace("\0", " ").split())[:500])

    @property
    def accepted(self) -> bool:
        return 200 <= self.code < 300

    @property
    def temporary(self) -> bool:
        return not self.accepted and self.code < 500

    @property
    def closes(self) -> bool:
        return self.code == 421


class Transport(Protocol):
    def offer(self, row: OutboxMessage) -> Answer:
        """Whether the server would take this mail for this address; nothing leaves yet.

        Raises UnwelcomeSenderError when it takes none from us.
        """

    def hand_over(self, row: OutboxMessage) -> Answer:
        """The mail leaves, byte for byte as it is stored."""

    def forget(self) -> None:
        """Takes the offer back."""

    def close(self) -> None: ...


#: Cautious servers end a connection after a hundred mails; it is changed before they do.
MOST_A_CONNECTION = 100


class Line:
    """The connection of one drain: opened for its first mail, changed now and then, closed at the end."""

    def __init__(self) -> None:
        self._transport: Transport | None = None
        self._left = 0

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *fault: object) -> None:
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    def transport(self) -> Transport:
        """For one more mail. Raises BrokenConnectionError when the server cannot be reached."""
        if self._transport is None or not self._left:
            self.__exit__()
            self._transport, self._left = open_transport(), MOST_A_CONNECTION
        self._left -= 1
        return self._transport


def open_transport() -> Transport:
    """Raises BrokenConnectionError when the server cannot be reached or does not let us in."""
    # Django's own way out leads into the outbox; the outbox has another.
    into_outbox = settings.EMAIL_BACKEND == "portal.outbox.backend.OutboxBackend"
    backend = get_connection(settings.EMAIL_TRANSPORT if into_outbox else None)
    return SmtpTransport(backend) if isinstance(backend, SmtpBackend) else BackendTransport(backend)


class SmtpTransport:
    def __init__(self, backend: SmtpBackend) -> None:
        self._backend = backend
        with _faults_named():
            try:
                backend.open()
                self._smtp: smtplib.SMTP = backend.connection
                self._smtp.ehlo_or_helo_if_needed()
            except (smtplib.SMTPException, OSError):
                self.close()
                raise

    def offer(self, row: OutboxMessage) -> Answer:
        with _faults_named():
            # What comes back to this address says itself which mail it was.
            sender = tagged(BOUNCE, row.pk)
            welcome = Answer.of(*self._smtp.mail(sender))
            if not welcome.accepted:
                raise UnwelcomeSenderError(f"{sender} may not send: {welcome.text}"[:500])
            return Answer.of(*self._smtp.rcpt(row.recipient))

    def hand_over(self, row: OutboxMessage) -> Answer:
        with _faults_named():
            try:
                return Answer.of(*self._smtp.data(bytes(row.mime)))
            except smtplib.SMTPDataError as refused:
                return Answer.of(refused.smtp_code, refused.smtp_error)

    def forget(self) -> None:
        with _faults_named():
            self._smtp.rset()

    def close(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self._backend.close()


class BackendTransport:
    """Console, memory, file: whatever takes Django's messages. It cannot be asked beforehand."""

    def __init__(self, backend) -> None:
        self._backend = backend

    def offer(self, row: OutboxMessage) -> Answer:
        return Answer(250, "")

    def hand_over(self, row: OutboxMessage) -> Answer:
        with _faults_named():
            self._backend.send_messages([StoredMail(row)])
        return Answer(250, "250 given to " + type(self._backend).__module__)

    def forget(self) -> None:
        pass

    def close(self) -> None:
        self._backend.close()


class StoredMail(EmailMultiAlternatives):
    """Looks like any message of Django, and is the stored bytes."""

    def __init__(self, row: OutboxMessage) -> None:
        self._mime = bytes(row.mime)
        parts = message_from_bytes(self._mime, policy=SMTP)
        html = parts.get_body(("html",))
        super().__init__(
            subject=str(parts["Subject"]),
            body=_unix_lines(parts.get_body(("plain",))),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[row.recipient],
            alternatives=[(_unix_lines(html), "text/html")] if html else None,
        )

    def message(self) -> Message:
        return message_from_bytes(self._mime)


def _unix_lines(part: EmailMessage) -> str:
    return part.get_content().replace("\r\n", "\n")
