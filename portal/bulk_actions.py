"""Actions on rows ticked in a list of the CMS: each row by itself, so that one fault stops no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from portal.access import kept_events
from portal.actions.events import hide_event, show_event
from portal.listings import own_rows
from portal.models import Event, User
from portal.refusal import Refusal

#: Refusals that are told; more than these nobody reads at once.
MOST_TOLD = 20
#: Rows of one go; whoever ticks more narrows the list first.
MOST_ROWS = 500


class RowsAction(BulkAction):
    """`rows` says for which rows the person may act; the others of the list are named and left alone."""

    template_name = "portal/cms/bulk_action.html"
    question: str | Promise
    icon = "tick"
    loaded: tuple[str, ...] = ()
    told = 0

    @staticmethod
    def rows(user: User) -> QuerySet:
        raise NotImplementedError

    def act(self, row: Model) -> None:
        """Raises Refusal."""
        raise NotImplementedError

    def get_actionable_objects(self) -> tuple[list[Model], dict[str, list[Model]]]:
        asked = self.request.GET.getlist("id")
        listed = own_rows(self.model, self.request.user)
        if "all" not in asked:
            numbers = [pk for pk in asked if pk.isascii() and pk.isdigit()]
            listed = listed.filter(pk__in=numbers[:MOST_ROWS])
        found = list(listed.select_related(*self.loaded).order_by("pk")[:MOST_ROWS])
        mine = set(
            self.rows(self.request.user).filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True)
        )
        others = [row for row in found if row.pk not in mine]
        return [row for row in found if row.pk in mine], {"items_with_no_access": others}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{"question": self.question, "display_name": self.display_name, "header_icon": self.icon}
            | kwargs
        )

    def get_execution_context(self) -> dict[str, Any]:
        return {"each": self._try}

    @classmethod
    def execute_action(
        cls, objects: list[Model], each: Callable[[Model], str], **kwargs: Any
    ) -> tuple[int, int]:
        refusals = [refusal for row in objects if (refusal := each(row))]
        return len(objects) - len(refusals), len(refusals)

    def _try(self, row: Model) -> str:
        """Why not, as a sentence; each row has a transaction of its own within that of all."""
        try:
            with transaction.atomic():
                self.act(row)
        except Refusal as refusal:
            self._tell(row, str(refusal))
            return str(refusal)
        return ""

    def _tell(self, row: Model, refusal: str) -> None:
        self.told += 1
        if self.told <= MOST_TOLD:
            place = {"row": row, "refusal": refusal}
            messages.error(self.request, gettext("%(row)s: %(refusal)s") % place)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """Of those that were done; each refusal has been told."""
        if not num_parent_objects:
            return None
        return ngettext("%(count)s row done.", "%(count)s rows done.", num_parent_objects) % {
            "count": num_parent_objects
        }


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stands in the history of each row."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class EventsAction(RowsAction):
    models = [Event]
    rows = staticmethod(kept_events)


class ShowEvents(EventsAction):
    display_name = _("Make public")
    action_type = "show"
    aria_label = _("Make the chosen events public")
    question = _("Everybody will find these events in the calendar.")

    def act(self, event: Event) -> None:
        show_event(event=event, by=self.request.user)


class HideEvents(EventsAction):
    display_name = _("Hide")
    action_type = "hide"
    aria_label = _("Hide the chosen events")
    question = _("Only those who keep them will see these events.")

    def act(self, event: Event) -> None:
        hide_event(event=event, by=self.request.user)
