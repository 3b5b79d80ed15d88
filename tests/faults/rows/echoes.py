"""Two beats, two workers, and every hint ten times: what is done twice must be seen to be done already."""

from __future__ import annotations

from collections.abc import Iterator

from exchange.models import Fixture
from exchange.notices import Issued
from portal.celery import app
from portal.enums import MAIL_DUE, MAIL_LEASED
from portal.models import OutboxMessage
from tests.faults.invitations import issue, mails, make_overdue, make_silent, tell
from tests.faults.judge import judge, repeated
from tests.faults.scene import Figure, Scene, wait_until, wait_until_ready

TIMES = 10
#: Fixtures whose time to answer is over, and as many whose clubs should be reminded.
CLOCKED = 10


def run(scene: Scene) -> Iterator[Figure]:
    scene.start_sink()
    scene.start_redis()
    workers = [
        scene.start_worker(f"worker-{n}", "--concurrency", "1", queues="mail,celery") for n in range(2)
    ]
    beats = [scene.start_beat(f"beat-{n}") for n in range(2)]
    issued = issue(scene.size.mails // 2)
    wait_until_ready(*workers)
    tell(issued)
    _age(issued)
    tasks = sorted({entry["task"] for entry in app.conf.beat_schedule.values()} - {"exchange.pair_nightly"})
    for _ in range(TIMES):
        for task in tasks:
            app.send_task(task, retry=False)
    wait_until(lambda: _expired() == CLOCKED and _reminded() == 2 * CLOCKED, "every clock has been kept")
    for _ in range(TIMES):
        for task in tasks:
            app.send_task(task, retry=False)
    wait_until(lambda: not _waiting(), "all mail is settled")
    both = all(beat.process.poll() is None for beat in beats)
    yield Figure(f"{len(beats)} beats, {len(tasks)} tasks {2 * TIMES} times each", holds=both)
    yield from _figures(scene)


def _age(issued: list[Issued]) -> None:
    """Both sides of some fixtures each."""
    invitations = [one.invitation for one in issued]
    make_overdue(invitations[: 2 * CLOCKED])
    make_silent(invitations[2 * CLOCKED : 4 * CLOCKED])


def _expired() -> int:
    return Fixture.objects.filter(state="expired").count()


def _reminded() -> int:
    """Mails, one to each side's officer."""
    return OutboxMessage.objects.filter(kind__startswith="remind").count()


def _waiting() -> bool:
    return OutboxMessage.objects.filter(state__in=(*MAIL_DUE, *MAIL_LEASED)).exists()


def _figures(scene: Scene) -> Iterator[Figure]:
    sent = [mail for mail in mails() if mail.state == "sent"]
    verdict = judge(sent, scene.journal.lines())
    extra = len(verdict.doubled) + len(verdict.foreign)
    yield Figure(f"extra mails {extra} of {len(sent):,}", holds=bool(sent) and not extra and not verdict.lost)
    keys = [(kind, key.split(":")[1], to) for kind, key, to in _told()]
    again = {key: count for key, count in repeated(keys).items() if key[0] != "invitation"}
    kinds = sorted({kind for kind, _of, _to in keys} - {"invitation"})
    yield Figure(
        f"second notices 0 of {', '.join(kinds)}" if not again else f"twice: {again}", holds=not again
    )
    expired = sum(kind == "expired" for kind, _of, _to in keys)
    yield Figure(f"told of expiry {expired}", holds=expired == 2 * CLOCKED)


def _told() -> list[tuple[str, str, str]]:
    return list(OutboxMessage.objects.values_list("kind", "dedupe_key", "recipient"))
