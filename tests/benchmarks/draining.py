"""How many mails a second two drainers send, beside bare smtplib over two connections. By hand:

    DATABASE_URL=postgres://… python -m tests.benchmarks.draining [--mails 2000] [--rounds 3] [--senders 2]

Both send the same mails to the same server on loopback, in turn, in the same run; the server is a process of
its own, and so is each sender. The rows lie in a database made for this and removed afterwards, with commits
that wait for the disk as in production. Prints a table in Markdown and exits 1 below 300 mails a second and
below 80 % of bare smtplib.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import smtplib
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
#: Each process starts anew: no connection to the database is shared by two.
processes = multiprocessing.get_context("spawn")

ENOUGH, SHARE = 300, 0.8
SENDER = "portal@example.org"
WRITTEN = datetime(2027, 2, 1, 12, 0, tzinfo=UTC)
Send = Callable[..., None]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mails", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--senders", type=int, default=2)
    asked = parser.parse_args()
    bare, outbox = [], []
    print(f"| round | bare smtplib, {asked.senders} connections | outbox, {asked.senders} drainers | share |")
    print("|---|---|---|---|")
    with _server() as port, _database() as name:
        for number in range(1, asked.rounds + 1):
            mime = _write(asked.mails)
            bare.append(_rate(_bare, asked, port, mime, asked.mails // asked.senders))
            outbox.append(_rate(_drain, asked, port, name))
            _check(asked.mails)
            print(_row(str(number), bare[-1], outbox[-1]), flush=True)
    middle = statistics.median(bare), statistics.median(outbox)
    print(_row("median", *middle))
    return 0 if middle[1] >= ENOUGH or middle[1] >= SHARE * middle[0] else 1


def _row(name: str, bare: float, outbox: float) -> str:
    return f"| {name} | {bare:,.0f} mails/s | {outbox:,.0f} mails/s | {outbox / bare:.0%} |"


def _rate(send: Send, asked: argparse.Namespace, *told: object) -> float:
    """Mails a second from the moment when every sender is ready until the last one is done."""
    barrier = processes.Barrier(asked.senders + 1)
    senders = [processes.Process(target=send, args=(barrier, *told)) for _ in range(asked.senders)]
    for sender in senders:
        sender.start()
    barrier.wait(timeout=60)
    begun = time.perf_counter()
    for sender in senders:
        sender.join()
    seconds = time.perf_counter() - begun
    if any(sender.exitcode for sender in senders):
        raise SystemExit("A sender failed.")
    return asked.mails / seconds


def _bare(barrier: Barrier, port: int, mime: bytes, count: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.ehlo()
        barrier.wait(timeout=60)
        for n in range(count):
            server.sendmail(SENDER, [f"person{n}@example.org"], mime)


def _drain(barrier: Barrier, port: int, name: str) -> None:
    _set_up(name, port)
    from portal.outbox import drain

    barrier.wait(timeout=60)
    while drain(now=WRITTEN).claimed:
        pass


def _set_up(database: str | None = None, port: int = 0) -> None:
    """Django as in production where it matters here; before anything of the portal is imported."""
    import django
    from django.conf import settings

    django.setup()
    settings.DATABASES["default"].get("OPTIONS", {}).pop("options", None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.CELERY_BROKER_URL = "memory://"
    if database:
        settings.DATABASES["default"]["NAME"] = database


@contextmanager
def _database() -> Iterator[str]:
    _set_up()
    from django.db import connection

    own = connection.settings_dict["NAME"]
    # The tables as the models say: migrations would take longer than the measurement.
    connection.settings_dict["TEST"]["MIGRATE"] = False
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield name
    finally:
        connection.creation.destroy_test_db(own, verbosity=0)


def _write(count: int) -> bytes:
    """The outbox holds `count` mails and nothing else; one of them, as bytes, is returned."""
    from django.db import connection, transaction

    from portal.models import OutboxMessage
    from portal.outbox import enqueue_mail

    OutboxMessage.objects.all().delete()
    with transaction.atomic():
        for n in range(count):
            row = enqueue_mail(
                kind="benchmark",
                dedupe_key=f"benchmark:{n}",
                recipient=f"person{n}@example.org",
                subject="An invitation to Riverside",
                text=TEXT,
                html=f"<p>{TEXT}</p>",
                now=WRITTEN,
            )
        transaction.get_connection().run_on_commit.clear()
    mime = bytes(row.mime)
    connection.close()
    return mime


def _check(count: int) -> None:
    from portal.models import OutboxAttempt, OutboxMessage

    sent = OutboxMessage.objects.filter(state="sent", attempts=1).count()
    if not sent == OutboxAttempt.objects.count() == count:
        raise SystemExit(f"{sent} of {count} mails say that they were sent.")


#: About as long as an invitation.
TEXT = "Riverside University invites your first team to a friendly on Saturday, 13 March.\n" * 20


@contextmanager
def _server() -> Iterator[int]:
    ours, theirs = processes.Pipe()
    server = processes.Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    try:
        yield ours.recv()
    finally:
        server.terminate()
        server.join()


def _serve(told) -> None:
    """Takes every mail and keeps none."""
    import asyncio

    from aiosmtpd.smtp import SMTP

    class Taking:
        async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
            return "250 OK"

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(Taking(), hostname="sink"), "127.0.0.1", 0)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


if __name__ == "__main__":
    sys.exit(main())
