from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from exchange.models import Fixture
from exchange.queries.fixtures import Wanted, months_of, sports_of, universities_of


class FixtureFilter(forms.Form):
    """Offers only what occurs among `fixtures`; a choice that does not occur filters nothing."""

    sport = forms.ChoiceField(label=_("Sport"), required=False)
    month = forms.ChoiceField(label=_("Month"), required=False)
    university = forms.ChoiceField(label=_("University"), required=False)

    def __init__(self, *args: Any, fixtures: QuerySet[Fixture], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [(f"{month:%Y-%m}", date_format(month, "F Y")) for month in months_of(fixtures)]
        universities = [(str(row.pk), str(row)) for row in universities_of(fixtures)]
        self.fields["sport"].choices = [("", _("All")), *sports_of(fixtures)]
        self.fields["month"].choices = [("", _("Still to come")), *months]
        self.fields["university"].choices = [("", _("All")), *universities]

    def wanted(self) -> Wanted:
        self.is_valid()
        said = self.cleaned_data
        month, university = said.get("month"), said.get("university")
        return Wanted(
            sport=said.get("sport", ""),
            month=date.fromisoformat(f"{month}-01") if month else None,
            university=int(university) if university else None,
        )
