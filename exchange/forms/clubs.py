from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.forms.names import NameField
from portal.models import University


class ClubForm(forms.Form):
    university = forms.ModelChoiceField(
        label=_("University"), queryset=University.objects.none(), empty_label=_("Choose a university")
    )
    name = NameField(
        label=_("Name of the club"),
        max_length=200,
        help_text=_("As its members say it, for example “Rowing Club Pinsk”."),
    )

    def __init__(self, *args: Any, universities: QuerySet[University], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["university"].queryset = universities
        only = list(universities[:2])
        if len(only) == 1:
            self.fields["university"].initial = only[0]
            self.fields["university"].empty_label = None


class OfficerForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Whoever has no account yet gets one, with a link to set a password."),
    )
