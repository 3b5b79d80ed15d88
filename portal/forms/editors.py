from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class EditorForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Whoever has no account yet gets one, with a link to set a password."),
    )
