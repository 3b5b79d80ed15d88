"""A mail server in a process of its own: `python -m tests.faults.sink --port P --journal FILE [--trouble]`.

With --trouble it misbehaves by two decks of cards, one for RCPT and one for DATA: each fault comes up in
every few hundred mails, however many there are.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from email.parser import BytesHeaderParser
from pathlib import Path
from zlib import crc32

from aiosmtpd.smtp import SMTP, Envelope

from tests.portal.smtp_sink import Answer

from .journal import HELD, KEPT, REFUSED, Journal, Line, digest_of

#: Cards that are no fault fill the deck up.
DECK = 400
FAULTS = {Answer.BUSY: 4, Answer.CLOSING: 1, Answer.DROP_BEFORE: 1, Answer.HANG: 1}
FAULTS_AT_DATA = FAULTS | {Answer.DROP_AFTER: 1}
#: Seconds; every sender has given up by then.
HANGS = 20
#: One address of so many does not exist, and one mail of so many is not wanted: 550, whenever it is tried.
REFUSES = 100
#: Mail to such addresses is answered only when a file of the address's name lies beside the journal.
HOLDS_AT_RCPT, HOLDS_AT_DATA = "hold-rcpt", "hold-data"


class Deck:
    def __init__(self, faults: dict[Answer, int], seed: int) -> None:
        cards = [answer for answer, count in faults.items() for _ in range(count)]
        self._full = cards + [Answer.OK] * (DECK - len(cards))
        self._random = random.Random(seed)
        self._left: list[Answer] = []

    def draw(self) -> Answer:
        if not self._left:
            self._left = self._random.sample(self._full, len(self._full))
        return self._left.pop()


class Handler:
    def __init__(self, journal: Journal, trouble: bool) -> None:
        self.journal = journal
        self.trouble = trouble
        self.at_rcpt, self.at_data = Deck(FAULTS, 1), Deck(FAULTS_AT_DATA, 2)
        self.parse = BytesHeaderParser().parsebytes

    async def handle_RCPT(self, server: SMTP, session, envelope: Envelope, address: str, options) -> str:  # noqa: N802
        await self._hold(HOLDS_AT_RCPT, address)
        answer = self._answer(self.at_rcpt, address)
        if answer is Answer.OK:
            envelope.rcpt_tos.append(address)
        return await self._give(answer, server, address)

    async def handle_DATA(self, server: SMTP, session, envelope: Envelope) -> str:  # noqa: N802
        content, recipient = bytes(envelope.original_content), envelope.rcpt_tos[0]
        message_id = str(self.parse(content)["Message-ID"])
        answer = self._answer(self.at_data, message_id)
        # Of those that hang every second one is kept.
        hangs = answer is Answer.HANG and crc32(content) % 2
        if answer in (Answer.OK, Answer.DROP_AFTER) or hangs:
            self._write(KEPT, recipient, message_id, digest_of(content))
        await self._hold(HOLDS_AT_DATA, recipient)
        return await self._give(answer, server, recipient, message_id)

    def _answer(self, deck: Deck, of: str) -> Answer:
        if not self.trouble:
            return Answer.OK
        return Answer.REFUSED if crc32(of.encode()) % REFUSES == 0 else deck.draw()

    async def _give(self, answer: Answer, server: SMTP, recipient: str, message_id: str = "") -> str:
        if answer is Answer.REFUSED:
            self._write(REFUSED, recipient, message_id)
        elif answer is not Answer.OK:
            self._write(answer.value, recipient, message_id)
        if answer is Answer.HANG:
            await asyncio.sleep(HANGS)
        if answer in (Answer.DROP_BEFORE, Answer.DROP_AFTER, Answer.HANG):
            server.transport.abort()
        return answer.value

    async def _hold(self, kind: str, address: str) -> None:
        """The first of them only; a second copy is answered at once."""
        name = address.partition("@")[0]
        go = self.journal.path.with_name(name)
        if name.startswith(kind) and not any(
            line.deed == HELD and line.recipient == address for line in self.journal.lines()
        ):
            self._write(HELD, address)
            while not go.exists():
                await asyncio.sleep(0.02)

    def _write(self, deed: str, recipient: str, message_id: str = "", digest: str = "") -> None:
        self.journal.write(Line(deed, recipient, message_id, digest, time.monotonic()))


async def serve(handler: Handler, port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(handler, hostname="sink", loop=loop, enable_SMTPUTF8=False), "127.0.0.1", port
    )
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--journal", type=Path, required=True)
    parser.add_argument("--trouble", action="store_true")
    options = parser.parse_args()
    asyncio.run(serve(Handler(Journal(options.journal), options.trouble), options.port))


if __name__ == "__main__":
    main()
