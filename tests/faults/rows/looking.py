"""Mail scanners, link prefetchers and browsers look at answer links: nothing may come of it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from hashlib import sha256
from itertools import cycle, islice

from django.apps import apps

from portal.demo.processes import module
from portal.models import OutboxAttempt, OutboxMessage
from tests.faults.invitations import officers_of, path_of_link, proposed
from tests.faults.reader import Reader
from tests.faults.scene import Figure, Scene
from tests.faults.site import lay_out
from tests.journeys.conftest import CHROMIUM

METHODS = ("GET", "HEAD", "OPTIONS")
FIXTURES = 10
#: Seconds for the browser.
PATIENCE = 300


def run(scene: Scene) -> Iterator[Figure]:
    scene.start_redis()
    lay_out()
    address = scene.start_web(workers=1)
    links = [
        path_of_link(invitation, officers_of(invitation)[0], f"nonce-{invitation.pk}")
        for fixture in (proposed() for _ in range(FIXTURES))
        for invitation in fixture.invitations.all()
    ]
    before = _digest()
    reader = Reader(address)
    paths = [path for link in links for path in (link, "/exchange/answer/", f"{link}?answer=accept")]
    looks = scene.size.looks - scene.size.pages
    asked = islice(cycle((method, path) for path in paths for method in METHODS), looks)
    faults = [answer for answer in (reader.ask(*look) for look in asked) if not 200 <= answer[0] < 500]
    yield Figure(f"{looks:,} GET, HEAD and OPTIONS, {len(faults)} faults", holds=not faults)
    yield _browse([address + link for link in islice(cycle(links), scene.size.pages)])
    changes = [table for table, digest in _digest().items() if digest != before[table]]
    yield Figure(f"state changes {', '.join(changes) or 0} in {len(before)} tables", holds=not changes)
    answered = [Reader(address) for _ in range(1)]
    answered[0].get(links[0])
    status = answered[0].post("/exchange/answer/", answer="accept")
    # Else the links might have been dead, and looking at them no danger.
    yield Figure("a POST then answers", holds=status == 302 and _digest() != before)


def _browse(links: list[str]) -> Figure:
    command = module("tests.faults.browser", CHROMIUM)
    done = subprocess.run(command, input="\n".join(links), text=True, capture_output=True, timeout=PATIENCE)
    if done.returncode:
        return Figure(f"the browser failed: {done.stderr.strip()[-300:]}", holds=False)
    return Figure(f"Chromium ran the scripts of {done.stdout.strip()}")


def _digest() -> dict[str, str]:
    models = [*apps.get_app_config("exchange").get_models(), OutboxMessage, OutboxAttempt]
    return {
        model.__name__: sha256(repr(list(model.objects.order_by("pk").values_list())).encode()).hexdigest()
        for model in models
    }
