from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from portal.sports import IN_ALPHABET


class UniversityFilter(forms.Form):
    """What a visitor may narrow the list of universities by; what cannot be read narrows nothing."""

    words = forms.CharField(
        label=_("Name or city"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, data, *, country_codes: Iterable[str]) -> None:
        super().__init__(data, label_suffix="")
        named = sorted(
            ((code, countries.name(code)) for code in country_codes),
            key=lambda pair: str(pair[1]).casefold().translate(IN_ALPHABET),
        )
        self.fields["country"].choices = [("", _("All countries")), *named]

    @property
    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("words", "country")}
