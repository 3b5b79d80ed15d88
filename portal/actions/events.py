from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from portal.diary import write_down
from portal.models import Event, User
from portal.refusal import Refusal


class UnableToShowEvent(Refusal):
    pass


class UnableToHideEvent(Refusal):
    pass


@transaction.atomic
def show_event(*, event: Event, by: User) -> None:
    if not _move(event, public=True):
        raise UnableToShowEvent(_("This event is public already."))
    write_down("portal.show_event", event, by=by)


@transaction.atomic
def hide_event(*, event: Event, by: User) -> None:
    if not _move(event, public=False):
        raise UnableToHideEvent(_("This event is hidden already."))
    write_down("portal.hide_event", event, by=by)


def _move(event: Event, *, public: bool) -> bool:
    """Saved as well as moved: search and calendars hear of it by the signal and the time of the change."""
    moved = Event.objects.filter(pk=event.pk, public=not public).update(public=public)
    event.public = public
    if moved:
        event.save(update_fields=["public", "updated_at"])
    return moved == 1
