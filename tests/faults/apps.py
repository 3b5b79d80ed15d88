"""Waits of minutes become waits of seconds in all processes of the rig; nothing else changes."""

from __future__ import annotations

from datetime import timedelta
from types import ModuleType

from django.apps import AppConfig

from .hurry import FIRST_DELAY, MARGIN, SWEEP


class FaultsConfig(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        from portal.celery import app
        from portal.outbox import lease, settle

        _shorten(lease, "MARGIN", MARGIN)
        _shorten(settle, "FIRST_DELAY", timedelta(seconds=FIRST_DELAY))
        for entry in app.conf.beat_schedule.values():
            if entry["task"] == "portal.drain_outbox":
                entry["schedule"] = entry["options"]["expires"] = float(SWEEP)


def _shorten(module: ModuleType, name: str, value: object) -> None:
    if not hasattr(module, name):
        raise RuntimeError(f"{module.__name__} has no {name} any more: the rig would wait for minutes.")
    setattr(module, name, value)
