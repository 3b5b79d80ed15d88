from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from exchange.models import Fixture
from exchange.queries.fixtures import Wanted, months_of, sports_of, universities_of
from portal.forms.long_select import LongSelect


class FixtureFilter(forms.Form):
    """Offers only what occurs among `fixtures`; what an old link asks for and does not occur is left out."""

    show = forms.ChoiceField(
        label=_("Show"), choices=[("", _("To come")), ("played", _("Played"))], required=False
    )
    sport = forms.ChoiceField(label=_("Sport"), required=False, widget=LongSelect)
    month = forms.ChoiceField(label=_("Month"), required=False)
    university = forms.ChoiceField(label=_("University"), required=False, widget=LongSelect)

    def __init__(self, said: Mapping[str, str], *, fixtures: QuerySet[Fixture]) -> None:
        super().__init__()
        months = [(f"{month:%Y-%m}", date_format(month, "F Y")) for month in months_of(fixtures)]
        universities = [(str(row.pk), str(row)) for row in universities_of(fixtures)]
        self.fields["sport"].choices = [("", _("All")), *sports_of(fixtures)]
        self.fields["month"].choices = [("", _("All")), *months]
        self.fields["university"].choices = [("", _("All")), *universities]
        for name, field in self.fields.items():
            value = said.get(name, "")
            self.initial[name] = value if field.valid_value(value) else ""

    def wanted(self) -> Wanted:
        chosen = self.initial
        return Wanted(
            sport=chosen["sport"],
            month=date.fromisoformat(f"{chosen['month']}-01") if chosen["month"] else None,
            university=int(chosen["university"]) if chosen["university"] else None,
            played=chosen["show"] == "played",
        )
