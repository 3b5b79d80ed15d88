"""What actions have done, written into Wagtail's log: the history of a row in the CMS shows it.

Each app registers the names of its actions in `wagtail_hooks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from portal.models import User


def write_down(
    action: str, *rows: Model, by: User | None, now: datetime | None = None, **details: object
) -> None:
    """One statement for any number of `rows` of one model; Wagtail's own `log` takes three a row."""
    if not rows:
        return
    if not registry.action_exists(action):
        raise LookupError(f"The action {action!r} is not registered.")
    kind = ContentType.objects.get_for_model(rows[0], for_concrete_model=False)
    ModelLogEntry.objects.bulk_create(_entries(action, rows, kind, by, now or timezone.now(), details))


def _entries(
    action: str,
    rows: Sequence[Model],
    kind: ContentType,
    by: User | None,
    now: datetime,
    details: dict[str, object],
) -> list[ModelLogEntry]:
    return [
        ModelLogEntry(
            content_type=kind,
            object_id=str(row.pk),
            label=str(row),
            action=action,
            user=by,
            timestamp=now,
            data=details,
        )
        for row in rows
    ]
