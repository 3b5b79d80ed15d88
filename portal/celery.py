"""The Celery application. Messages are hints; the rows in the database say what is to be done."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

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
    # A long run must not stand between people and their mail.
    task_routes={"exchange.compute_run": {"queue": "matching"}},
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
        "drain outbox": {"task": "portal.drain_outbox", "schedule": 10.0},
        "sweep runs": {"task": "exchange.sweep_runs", "schedule": 15.0},
        "pair nightly": {"task": "exchange.pair_nightly", "schedule": crontab(hour=1, minute=30)},
        "expire invitations": {"task": "exchange.expire_invitations", "schedule": 600.0},
    },
)
