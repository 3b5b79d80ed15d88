from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from exchange.models import Fixture
from exchange.queries.fixtures import sports_of, universities_of
from exchange.queries.month import FIXTURES, Asked
from portal.enums import Category, EventKind
from portal.forms.long_select import LongSelect
from portal.models import Agreement, Event, University
from portal.sports import IN_ALPHABET, sport

ALL = ("", _("All"))
WHAT = [ALL, (FIXTURES, _("Fixtures")), ("events", _("Events")), *EventKind.choices]
#: What the calendar of events to subscribe to understands as well.
OF_EVENTS = ("sport", "country", "university", "agreement")


class MonthFilter(forms.Form):
    """Offers only what occurs; what an old link asks for and does not occur is left out."""

    what = forms.ChoiceField(label=_("What"), choices=WHAT, required=False)
    sport = forms.ChoiceField(label=_("Sport"), required=False, widget=LongSelect)
    category = forms.ChoiceField(label=_("Category"), choices=[ALL, *Category.choices], required=False)
    country = forms.ChoiceField(label=_("Country"), required=False, widget=LongSelect)
    university = forms.ChoiceField(label=_("University"), required=False, widget=LongSelect)
    agreement = forms.ChoiceField(label=_("Agreement"), required=False)

    def __init__(
        self, said: Mapping[str, str], *, fixtures: QuerySet[Fixture], events: QuerySet[Event]
    ) -> None:
        super().__init__(label_suffix="")
        self.agreements = {str(row.pk): row for row in Agreement.objects.all()}
        self._offer(fixtures, events)
        for name, field in self.fields.items():
            value = said.get(name, "")
            self.initial[name] = value if field.valid_value(value) else ""
        self.month = _month(said.get("month", ""))

    def _offer(self, fixtures: QuerySet[Fixture], events: QuerySet[Event]) -> None:
        """5 queries."""
        held = list(events.order_by().values_list("sport", "country").distinct())
        homes = {row.pk: row for row in universities_of(fixtures)}
        homes |= {row.pk: row for row in University.objects.filter(events__in=events).distinct()}
        sports = dict(sports_of(fixtures)) | {code: str(sport(code).name) for code, _country in held if code}
        places = {row.country.code: str(row.country.name) for row in homes.values()}
        places |= {code: countries.name(code) for _sport, code in held}
        offered = {
            "sport": sports.items(),
            "country": places.items(),
            "university": [(str(pk), str(row)) for pk, row in homes.items()],
            "agreement": [(pk, str(row)) for pk, row in self.agreements.items()],
        }
        for name, choices in offered.items():
            self.fields[name].choices = [ALL, *_by_name(choices)]
        if not self.agreements:
            del self.fields["agreement"]

    def asked(self) -> Asked:
        chosen = self.initial
        return Asked(
            sport=chosen["sport"],
            category=chosen["category"],
            country=chosen["country"],
            university=int(chosen["university"]) if chosen["university"] else None,
            agreement=self.agreements.get(chosen.get("agreement", "")),
            what=chosen["what"],
        )

    @property
    def is_used(self) -> bool:
        return any(self.initial.values())

    @property
    def events_query(self) -> str:
        """The same choice for the calendar of events to subscribe to."""
        chosen = {name: self.initial.get(name) for name in OF_EVENTS}
        chosen["kind"] = self.initial["what"] if self.initial["what"] in EventKind else ""
        return urlencode({name: value for name, value in chosen.items() if value})


def _by_name(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(choices, key=lambda choice: choice[1].casefold().translate(IN_ALPHABET))


def _month(written: str) -> date | None:
    """None for what is no month, or is in no calendar that anybody would look into."""
    try:
        first = date.fromisoformat(f"{written}-01")
    except ValueError:
        return None
    return first if 2000 <= first.year <= 2100 else None
