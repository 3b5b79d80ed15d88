"""The Celery application. Messages are hints; the rows in the database say what is to be done."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")


def _regularly(task: str, seconds: int) -> dict[str, object]:
    """A hint that nobody took before the next one comes is dropped, else they pile up."""
    return {"task": task, "schedule": float(seconds), "options": {"expires": seconds}}


app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.update(
    task_ignore_result=True,
    # A killed worker's task is done again; every task tolerates that.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    broker_connection_retry_on_startup=True,
    # A long run must not stand between people and their mail, nor a slow mail server before anything else.
    # A queue that is added here must be named by every set-up's workers; tests/test_queues.py looks.
    task_routes={
        "exchange.compute_run": {"queue": "matching"},
        "exchange.compute_component": {"queue": "matching"},
        "research.suggest_nightly": {"queue": "matching"},
        "portal.drain_outbox": {"queue": "mail"},
        "portal.read_mailbox": {"queue": "mail"},
    },
    # A dead broker must not hold a web request: a hint is tried once, shortly.
    task_publish_retry=False,
    broker_transport_options={
        "visibility_timeout": 3600,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        # Else a hint to a dead broker sleeps for six seconds. Workers and beat go on trying all the same.
        "max_retries": 0,
        "socket_connect_timeout": 2,
        "socket_timeout": 10,
    },
    beat_schedule={
        "drain outbox": _regularly("portal.drain_outbox", 10),
        "send digests": _regularly("portal.send_digests", 600),
        "sweep runs": _regularly("exchange.sweep_runs", 15),
        "pair nightly": {
            "task": "exchange.pair_nightly",
            "schedule": crontab(hour=1, minute=30),
            "options": {"expires": 86_400},
        },
        "read mailbox": _regularly("portal.read_mailbox", 60),
        "forget incoming mail": {
            "task": "portal.forget_incoming_mail",
            "schedule": crontab(hour=3, minute=10),
            "options": {"expires": 86_400},
        },
        "index search": {
            "task": "portal.index_search",
            "schedule": crontab(hour=3, minute=40),
            "options": {"expires": 86_400},
        },
        "publish scheduled": _regularly("portal.publish_scheduled", 60),
        "keep clocks": _regularly("exchange.keep_clocks", 60),
        "suggest nightly": {
            "task": "research.suggest_nightly",
            "schedule": crontab(hour=2, minute=20),
            "options": {"expires": 86_400},
        },
        "keep research clocks": _regularly("research.keep_clocks", 60),
    },
)
