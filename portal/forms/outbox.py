from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.enums import MailState


class MailFilter(forms.Form):
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *MailState.choices])
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    to = forms.CharField(label=_("To"), required=False, max_length=254)

    def __init__(self, *given: object, kinds: list[str]) -> None:
        super().__init__(*given)
        self.fields["kind"].choices = [("", _("all")), *((kind, kind) for kind in kinds)]
