from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MailFilter(forms.Form):
    to = forms.CharField(label=_("To"), required=False, max_length=254)
