"""The portal's Celery application for a worker that cuts any run and, where HANGS is set, never ends one.

It stops in the middle of a component, after its first note, as a worker does that is about to be killed.
"""

from __future__ import annotations

import os
import time

import django

django.setup()

from exchange import matching  # noqa: E402
from exchange.actions.runs import compute  # noqa: E402
from portal.celery import app  # noqa: E402

__all__ = ["app"]

compute.LEAST_REQUESTS = compute.LEAST_WORK = 0

if os.environ.get("HANGS"):

    def hanging(pool, *, on_progress, **facts):
        def listen(progress):
            on_progress(progress)
            time.sleep(600)

        return solve(pool, on_progress=listen, **facts)

    solve, matching.solve = matching.solve, hanging
