from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.models import Season
from portal.forms.names import NameField


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        # What browsers send and want to be sent, whatever the reader's language.
        super().__init__(format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class SeasonForm(forms.ModelForm):
    class Meta:
        model = Season
        fields = [
            "name",
            "starts",
            "ends",
            "publishes_itself",
            "answer_days",
            "remind_hours",
            "kick_off",
            "result_hours",
            "rating_weight",
        ]
        error_messages = {"name": {"unique": _("There is a season of this name already.")}}
        field_classes = {"name": NameField}
        labels = {"publishes_itself": _("Publish runs at once")}
        widgets = {"starts": DayInput(), "ends": DayInput(), "kick_off": HourInput()}
        help_texts = {
            "name": _("For example “Spring 2027”."),
            "answer_days": _(
                "After these days without an answer an invitation expires, and its dates are free again."
            ),
            "kick_off": _("On the clocks of the venue, until the two clubs agree on another time."),
            "result_hours": _("After these hours a result stands that the other side has not disputed."),
            "rating_weight": _("Between 0, friendlies move no rating, and 1, as much as a championship."),
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("starts") and said.get("ends") and said["ends"] < said["starts"]:
            self.add_error("ends", _("The last day lies before the first."))
        return said
