from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SendForm(forms.Form):
    consent = forms.BooleanField(
        label=_("I have read what becomes public, and everybody who is named has agreed to it."),
        error_messages={"required": _("Say that you agree to what becomes public.")},
    )


class ReviewForm(forms.Form):
    comment = forms.CharField(
        label=_("What should be changed"),
        max_length=3000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Only to give it back. Its author reads it."),
    )
