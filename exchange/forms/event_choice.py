from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django_countries import countries

from portal.enums import EventKind
from portal.queries.events import EventsAsked
from portal.sports import sport_choices


class EventChoice(forms.Form):
    """What an address of a calendar asks for; what makes no sense in it is left out."""

    kind = forms.ChoiceField(choices=EventKind.choices)
    sport = forms.ChoiceField(choices=sport_choices)
    country = forms.ChoiceField(choices=countries)
    university = forms.IntegerField(min_value=1, max_value=2**31)
    agreement = forms.IntegerField(min_value=1, max_value=2**31)

    def __init__(self, said: Mapping[str, str]) -> None:
        super().__init__(said)

    def asked(self) -> EventsAsked:
        self.full_clean()
        return EventsAsked(**self.cleaned_data)
