from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.actions.club_messages import LONGEST
from portal.validators import no_control_characters


class ClubMessageForm(forms.Form):
    subject = forms.CharField(
        label=_("What is it about?"), max_length=120, validators=[no_control_characters]
    )
    text = forms.CharField(label=_("Message"), max_length=LONGEST, widget=forms.Textarea({"rows": 8}))
    agrees = forms.BooleanField(
        label=_("The officers of the club may see my name and my e-mail address, so that they can answer."),
        error_messages={"required": _("Without this nobody could answer you.")},
    )
    #: People do not see it, so who fills it in is a program.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.cleaned_data["website"])
