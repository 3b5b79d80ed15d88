from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.enums import InboundState


class MailStateFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("to be looked at")), *InboundState.choices]
    )
