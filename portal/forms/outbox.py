from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.enums import MailState
from portal.notices import kind_in_words


class MailFilter(forms.Form):
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *MailState.choices])
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    to = forms.CharField(label=_("To"), required=False, max_length=254)

    def __init__(self, *given: object, kinds: list[str]) -> None:
        super().__init__(*given)
        self.fields["kind"].choices = [("", _("all")), *((kind, kind_in_words(kind)) for kind in kinds)]
