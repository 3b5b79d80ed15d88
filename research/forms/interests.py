from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.names import NameField
from portal.models import User
from research.actions.interest_messages import LONGEST as LONGEST_MESSAGE
from research.actions.interests import LONGEST
from research.enums import DeclineReason, InterestMove
from research.person_names import known_name


class InterestForm(forms.Form):
    name = NameField(
        label=_("What is your name?"), max_length=150, help_text=_("As the lead of the project reads it.")
    )
    text = forms.CharField(
        label=_("What would you bring, and why this project?"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("A few sentences: your experience, your laboratory or cohort, the time that you have."),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known_name(person):
            del self.fields["name"]


class MoveForm(forms.Form):
    """A button that moves an answer."""

    move = forms.ChoiceField(choices=InterestMove.choices)
    #: Only when joining.
    shown = forms.BooleanField(
        label=_("Show my name on the public page of the project"), required=False, initial=False
    )


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why not?"), choices=DeclineReason.choices, widget=forms.RadioSelect)
    reason_text = forms.CharField(
        label=_("In your own words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("They read the reason and your words."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("reason") == DeclineReason.OTHER and not said.get("reason_text"):
            self.add_error("reason_text", _("Say in a few words what the reason is."))
        return said


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Your message"), max_length=LONGEST_MESSAGE, widget=forms.Textarea({"rows": 4})
    )
