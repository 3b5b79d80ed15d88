"""Two hundred contradictory answers at once, over HTTP: some by signed links, some signed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle, islice, pairwise
from threading import Barrier

from django.test import Client

from exchange.models import Fixture, Invitation, Occupancy
from portal.models import OutboxMessage, User
from tests.faults.invitations import officers_of, path_of_link, proposed
from tests.faults.judge import repeated
from tests.faults.reader import Reader
from tests.faults.scene import Figure, Scene
from tests.faults.site import lay_out

OFFICERS = 2
ANSWER = "/exchange/answer/"


def run(scene: Scene) -> Iterator[Figure]:
    scene.start_redis()
    lay_out()
    address = scene.start_web()
    contests = [_Contest(address, proposed(officers=OFFICERS)) for _ in range(scene.size.fixtures)]
    with ThreadPoolExecutor(scene.size.answers) as pool:
        for contest in contests:
            contest.hold(pool, scene.size.answers)
    statuses = sum((contest.statuses for contest in contests), Counter())
    told = ", ".join(f"{status} {count:,}×" for status, count in sorted(statuses.items()))
    yield Figure(
        f"{len(contests)} fixtures, {statuses.total():,} answers: {told}", set(statuses) <= {302, 409}
    )
    bad = [contest.verdict for contest in contests if contest.verdict]
    kinds = Counter(contest.winner for contest in contests)
    yield Figure(f"one winner each ({_words(kinds)})" if not bad else f"{len(bad)}×: {bad[0]}", holds=not bad)
    yield Figure(f"overlaps {overlaps()}", holds=not overlaps())
    again = repeated(
        (kind, key.split(":")[1], to)
        for kind, key, to in OutboxMessage.objects.values_list("kind", "dedupe_key", "recipient")
    )
    yield Figure(f"told twice {len(again)}", holds=not again)


class _Contest:
    """The host's officers disagree on one invitation; half of them use the link of the mail."""

    def __init__(self, address: str, fixture: Fixture) -> None:
        self.invitation = fixture.invitations.get(side="host")
        self.statuses: Counter[int] = Counter()
        self.winner, self.verdict = "", ""
        people = officers_of(self.invitation)
        self.voters = [
            _by_link(address, self.invitation, people[0]),
            *_signed_in(address, self.invitation, people),
        ]

    def hold(self, pool: ThreadPoolExecutor, answers: int) -> None:
        given = list(islice(cycle(("accept", "decline")), answers))
        ready = Barrier(answers)
        # Turn by turn, so that each voter says both things.
        votes = [self.voters[(n // 2) % len(self.voters)] for n in range(answers)]
        results = list(pool.map(partial(_vote, ready), votes, given))
        self.statuses = Counter(results)
        self.invitation.refresh_from_db()
        self.winner = self.invitation.state
        expected = {"accepted": "accept", "declined": "decline"}.get(self.winner, "")
        wrong = [
            (answer, status)
            for answer, status in zip(given, results, strict=True)
            if status != (302 if answer == expected else 409)
        ]
        if wrong:
            self.verdict = f"{self.winner}, yet {wrong[:3]}"


def _vote(ready: Barrier, vote: partial[int], answer: str) -> int:
    ready.wait(timeout=60)
    return vote(answer=answer)


def _by_link(address: str, invitation: Invitation, person: User) -> partial[int]:
    reader = Reader(address)
    path = path_of_link(invitation, person, f"nonce-{invitation.pk}")
    if reader.get(path) != 302:
        raise RuntimeError("the link of an invitation does not open")
    return partial(reader.post, ANSWER, invitation=str(invitation.pk))


def _signed_in(address: str, invitation: Invitation, people: list[User]) -> Iterator[partial[int]]:
    for person in people:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        reader = Reader(address, sessionid=client.cookies["sessionid"].value)
        yield partial(reader.post, f"/exchange/invitations/{invitation.pk}/answer/")


def overlaps() -> int:
    """Counted by hand: the database's own referee is not asked."""
    rows = Occupancy.objects.filter(active=True).order_by("resource", "starts")
    taken = list(rows.values_list("resource", "starts", "ends"))
    return sum(one[0] == other[0] and other[1] < one[2] for one, other in pairwise(taken))


def _words(kinds: Counter[str]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
