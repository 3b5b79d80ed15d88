from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.validators import no_control_characters

LONGEST = 3000


class MessageForm(forms.Form):
    """What is written to people whose addresses are not shown; `agreement` asks for the writer's own."""

    subject = forms.CharField(
        label=_("What is it about?"), max_length=120, validators=[no_control_characters]
    )
    text = forms.CharField(label=_("Message"), max_length=LONGEST, widget=forms.Textarea({"rows": 8}))
    agrees = forms.BooleanField(error_messages={"required": _("Without this nobody could answer you.")})
    #: People do not see it, so who fills it in is a program.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )

    agreement = ""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agrees"].label = self.agreement

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.cleaned_data["website"])
