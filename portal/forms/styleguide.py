from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.enums import Category


class SampleForm(forms.Form):
    """One field of every kind, for the page that shows the components."""

    name = forms.CharField(label=_("Name"), help_text=_("As it stands on the door."))
    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}))
    number = forms.IntegerField(label=_("Number"), required=False, min_value=1)
    category = forms.ChoiceField(label=_("Category"), choices=Category)
    use = forms.ChoiceField(label=_("One of these"), choices=Category, widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(
        label=_("Any of these"), choices=Category, widget=forms.CheckboxSelectMultiple, required=False
    )
    agrees = forms.BooleanField(label=_("Yes, I agree"), help_text=_("You can change your mind."))
    notes = forms.CharField(label=_("Notes"), widget=forms.Textarea, required=False)
    file = forms.FileField(label=_("File"), required=False)
