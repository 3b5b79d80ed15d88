"""An SMTP server on loopback that keeps what it accepts and can be told to misbehave, mail by mail."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from enum import StrEnum

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Answer(StrEnum):
    OK = "250 OK"
    CLOSING = "421 Closing the channel"
    BUSY = "451 Try again later"
    REFUSED = "550 No such mailbox"
    LOGIN_REQUIRED = "530 Authentication required"
    OVER_QUOTA = "452 Too much mail from you today"
    #: The connection ends and the mail is not kept.
    DROP_BEFORE = "drop before 250"
    #: The mail is kept, and the connection ends before the sender hears of it.
    DROP_AFTER = "drop after 250"
    #: No answer until the sender gives up.
    HANG = "hang"


@dataclass(frozen=True, slots=True)
class Received:
    sender: str
    recipient: str
    content: bytes

    @property
    def message_id(self) -> str:
        return str(message_from_bytes(self.content)["Message-ID"])


class SmtpSink:
    """A context manager: `with SmtpSink() as sink` listens on `sink.port`.

    `at_mail`, `at_rcpt` and `at_data` hold the answers to come, one a mail; when they are used up, what is
    asked is allowed, and to `at_data` `otherwise` is given.
    `before_data` is called, in the server's thread, between RCPT and DATA.
    """

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.connections = 0
        self.at_mail: deque[Answer] = deque()
        self.at_rcpt: deque[Answer] = deque()
        self.at_data: deque[Answer] = deque()
        self.otherwise = Answer.OK
        self.before_data: Callable[[str], None] | None = None
        self._lock = threading.Lock()
        # 8 seconds to listen: other tests may be busy beside this one.
        self._controller = Controller(
            _Handler(self), hostname="127.0.0.1", port=_free_port(), ready_timeout=8, server_hostname="sink"
        )

    def __enter__(self) -> SmtpSink:
        self._controller.start()
        # aiosmtpd has connected once itself, to see whether it listens.
        self.connections = 0
        return self

    def __exit__(self, *fault: object) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        return self._controller.port

    def keep(self, envelope: Envelope) -> None:
        with self._lock:
            self.received.append(
                Received(envelope.mail_from, envelope.rcpt_tos[0], bytes(envelope.original_content))
            )

    def next_answer(self, answers: deque[Answer]) -> Answer:
        with self._lock:
            return answers.popleft() if answers else self.otherwise


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class _Handler:
    def __init__(self, sink: SmtpSink) -> None:
        self.sink = sink

    async def handle_EHLO(self, server, session: Session, envelope, hostname: str, responses: list[str]):  # noqa: N802
        self.sink.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server: SMTP, session, envelope: Envelope, address: str, options) -> str:  # noqa: N802
        answer = self.sink.next_answer(self.sink.at_mail) if self.sink.at_mail else Answer.OK
        if answer is Answer.OK:
            envelope.mail_from = address
        return await _give(answer, server)

    async def handle_RCPT(self, server: SMTP, session, envelope: Envelope, address: str, options) -> str:  # noqa: N802
        answer = self.sink.next_answer(self.sink.at_rcpt) if self.sink.at_rcpt else Answer.OK
        if answer is Answer.OK:
            envelope.rcpt_tos.append(address)
            if self.sink.before_data:
                await asyncio.to_thread(self.sink.before_data, address)
        return await _give(answer, server)

    async def handle_DATA(self, server: SMTP, session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.sink.next_answer(self.sink.at_data)
        if answer in (Answer.OK, Answer.DROP_AFTER):
            self.sink.keep(envelope)
        return await _give(answer, server)


async def _give(answer: Answer, server: SMTP) -> str:
    if answer is Answer.HANG:
        await asyncio.sleep(60)
    elif answer in (Answer.DROP_BEFORE, Answer.DROP_AFTER):
        server.transport.abort()
    return answer.value
