from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exchange.models import Fixture
from exchange.queries.fixtures import sports_of, universities_of
from exchange.queries.month import Asked
from portal.enums import Category
from portal.sports import IN_ALPHABET


class MonthFilter(forms.Form):
    """Offers only what occurs among `fixtures`; what an old link asks for and does not occur is left out."""

    sport = forms.ChoiceField(label=_("Sport"), required=False)
    category = forms.ChoiceField(
        label=_("Category"), choices=[("", _("All")), *Category.choices], required=False
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    university = forms.ChoiceField(label=_("University"), required=False)

    def __init__(self, said: Mapping[str, str], *, fixtures: QuerySet[Fixture]) -> None:
        super().__init__(label_suffix="")
        universities = universities_of(fixtures)
        countries = {row.country.code: str(row.country.name) for row in universities}
        named = sorted(countries.items(), key=lambda pair: pair[1].casefold().translate(IN_ALPHABET))
        self.fields["sport"].choices = [("", _("All")), *sports_of(fixtures)]
        self.fields["country"].choices = [("", _("All")), *named]
        self.fields["university"].choices = [
            ("", _("All")),
            *((str(row.pk), str(row)) for row in universities),
        ]
        for name, field in self.fields.items():
            value = said.get(name, "")
            self.initial[name] = value if field.valid_value(value) else ""
        self.month = _month(said.get("month", ""))

    def asked(self) -> Asked:
        chosen = self.initial
        university = int(chosen["university"]) if chosen["university"] else None
        return Asked(chosen["sport"], chosen["category"], chosen["country"], university)

    @property
    def is_used(self) -> bool:
        return any(self.initial.values())


def _month(written: str) -> date | None:
    """None for what is no month, or is in no calendar that anybody would look into."""
    try:
        first = date.fromisoformat(f"{written}-01")
    except ValueError:
        return None
    return first if 2000 <= first.year <= 2100 else None
