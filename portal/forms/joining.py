from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.names import NameField
from portal.models import JoinRequest


class RegisterSearch(forms.Form):
    words = forms.CharField(
        label=_("Name or city of your university, in any language"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )

    @property
    def typed(self) -> str:
        return self.cleaned_data.get("words", "") if self.is_valid() else ""


class JoinForm(forms.ModelForm):
    name = NameField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    position = NameField(
        label=_("What you do there"),
        max_length=200,
        help_text=_("For example: head of the sport department."),
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )

    website = forms.URLField(
        label=_("Page of the university that names you or your office"),
        required=False,
        max_length=300,
        assume_scheme="https",
    )

    class Meta:
        model = JoinRequest
        fields = ["name", "position", "office_email", "website", "message"]
        widgets = {"message": forms.Textarea({"rows": 4})}

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, label_suffix="", **named)


class ApproveForm(forms.Form):
    coordinator = forms.EmailField(
        label=_("E-mail address of the coordinator"),
        help_text=_("Who asked, unless they named somebody else. A new address is mailed a link to come in."),
        max_length=254,
    )

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, label_suffix="", **named)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 4, "maxlength": 1000})
    )

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, label_suffix="", **named)
