from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.names import NameField
from research.enums import Rhythm


class SavedSearchForm(forms.Form):
    name = NameField(label=_("Name"), max_length=80, help_text=_("Under it the search stands in your mails."))
    rhythm = forms.ChoiceField(
        label=_("How often do you want to be told what is new?"),
        choices=Rhythm.choices,
        initial=Rhythm.WEEKLY,
        widget=forms.RadioSelect,
        help_text=_("In the morning, in one mail for all your searches; every week means on Monday."),
    )
