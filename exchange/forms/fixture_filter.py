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


def offered_among(fixtures: QuerySet[Fixture]) -> dict[str, list[tuple[str, str]]]:
    """What can be filtered by, in the reader's language (3 queries)."""
    return {
        "sport": sports_of(fixtures),
        "month": [(f"{month:%Y-%m}", date_format(month, "F Y")) for month in months_of(fixtures)],
        "university": [(str(row.pk), str(row)) for row in universities_of(fixtures)],
    }


class FixtureFilter(forms.Form):
    """`offered`: what occurs; what an old link asks for and does not occur is left out."""

    show = forms.ChoiceField(
        label=_("Show"), choices=[("", _("To come")), ("played", _("Played"))], required=False
    )
    sport = forms.ChoiceField(label=_("Sport"), required=False, widget=LongSelect)
    month = forms.ChoiceField(label=_("Month"), required=False, widget=LongSelect)
    university = forms.ChoiceField(label=_("University"), required=False, widget=LongSelect)

    def __init__(self, said: Mapping[str, str], *, offered: Mapping[str, list[tuple[str, str]]]) -> None:
        super().__init__()
        for name, choices in offered.items():
            self.fields[name].choices = [("", _("All")), *choices]
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
