from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.forms.names import NameField
from portal.models import University
from research.enums import SearchOrder
from research.searching import LONGEST_TEXT, Sought, possible_orders, read_search


class NewProjectForm(forms.Form):
    """What a draft cannot be without; `leads` are the universities one may choose."""

    lead = forms.ModelChoiceField(
        label=_("Lead university"), queryset=University.objects.none(), empty_label=None
    )
    title = NameField(
        label=_("Title"),
        max_length=250,
        help_text=_("What is studied, and in whom: as on the cover of a report. You can change it later."),
    )
    acronym = NameField(label=_("Acronym"), max_length=30, required=False)

    def __init__(self, *args: Any, leads: QuerySet[University], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = leads
        self.fields["lead"].initial = leads.first()

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())


class ProjectFilter(forms.Form):
    """Words and order are fields; facets are boxes with counts, which their template draws."""

    text = forms.CharField(
        label=_("Words"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    order = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(self, said: QueryDict, *, trusting: bool = False) -> None:
        super().__init__(said)
        self.sought, self.faults = read_search(said, trusting=trusting)
        names = dict(SearchOrder.choices)
        usual, *others = possible_orders(self.sought.text)
        self.fields["order"].choices = [("", names[usual]), *((one, names[one]) for one in others)]

    def wanted(self) -> Sought:
        """The usable answers; a made-up value is shown as a fault and narrows nothing."""
        return self.sought
