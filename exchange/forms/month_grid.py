"""A form field for the days of a season: one native select a day, in a table a month.

Without scripts the selects are all there is, and they work; month_grid.js turns each into a button.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from exchange.actions.request_rules import fault_of_day
from exchange.enums import DayUse
from exchange.queries.calendar import months, weekdays
from exchange.queries.requests import RequestScope


class MonthGrid(forms.Widget):
    """Reads `name-2027-03-06=host`; its value is a dict of ISO dates and uses, as they were sent."""

    template_name = "exchange/parts/month_grid.html"
    use_fieldset = True
    scope: RequestScope

    def value_from_datadict(
        self, data: Mapping[str, str], files: MultiValueDict, name: str
    ) -> dict[str, str]:
        start = f"{name}-"
        return {key.removeprefix(start): data[key] for key in data if key.startswith(start) and data[key]}

    def value_omitted_from_data(self, data: Mapping[str, str], files: MultiValueDict, name: str) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return id_

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        # The portal's own templates, which the form renderer does not look through.
        return render_to_string(self.template_name, self.get_context(name, value, attrs or {}))

    def get_context(self, name: str, value: Any, attrs: dict) -> dict[str, Any]:
        season, chosen = self.scope.season, value or {}
        starts = max(season.starts, min(self.scope.today, season.ends))
        return {
            "name": name,
            "id": attrs.get("id", f"id_{name}"),
            "weekdays": weekdays(),
            "uses": day_uses(),
            "months": [
                (month.first, [[self._cell(day, name, chosen) for day in week] for week in month.weeks])
                for month in months(starts, season.ends)
            ],
        }

    def _cell(self, day: date | None, name: str, chosen: Mapping[str, str]) -> dict[str, Any] | None:
        """None for a place outside the month; `open` says whether the day can be chosen."""
        if day is None:
            return None
        season, scope = self.scope.season, self.scope
        taken = next((fixture for fixture in scope.standing if fixture.date == day), None)
        return {
            "day": day,
            "name": f"{name}-{day.isoformat()}",
            "use": chosen.get(day.isoformat(), ""),
            "fixture": taken,
            "open": not taken and scope.today < day and season.starts <= day <= season.ends,
        }


@dataclass(frozen=True, slots=True)
class Mark:
    """How a day of one use is shown; the letter stands beside the colour."""

    use: str
    letter: str
    word: str


def day_uses() -> list[Mark]:
    return [
        Mark(DayUse.HOST, pgettext("one letter for a day on which we host", "H"), DayUse.HOST.label),
        Mark(DayUse.TRAVEL, pgettext("one letter for a day on which we travel", "T"), DayUse.TRAVEL.label),
        Mark(
            DayUse.BOTH, pgettext("one letter for a day on which we host or travel", "B"), DayUse.BOTH.label
        ),
    ]


class MonthGridField(forms.Field):
    """Cleans to a dict of dates and `DayUse`. The code of each fault is its day as it was sent."""

    widget = MonthGrid
    default_error_messages = {"required": gettext_lazy("Name at least one day on which the team can play.")}

    def __init__(self, *, scope: RequestScope, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.scope = self.widget.scope = scope

    def prepare_value(self, value: Any) -> Any:
        return {getattr(day, "isoformat", lambda day=day: day)(): use for day, use in (value or {}).items()}

    def clean(self, value: Mapping[str, str]) -> dict[date, DayUse]:
        days: dict[date, DayUse] = {}
        faults = []
        for sent, use in sorted(value.items()):
            try:
                day = _day(sent)
                self._check(day, use)
                days[day] = DayUse(use)
            except ValidationError as fault:
                faults.append(ValidationError(fault.message, code=sent))
        if faults:
            raise ValidationError(faults)
        if not days and not self.scope.held:
            raise ValidationError(self.error_messages["required"], code="required")
        return days

    def _check(self, day: date, use: str) -> None:
        if day in self.scope.held:
            raise ValidationError(_("%s cannot be changed any more.") % date_format(day))
        if fault := fault_of_day(day, self.scope.season, today=self.scope.today):
            raise ValidationError(fault)
        if use not in DayUse:
            raise ValidationError(_("“%(use)s” is not something to do on a day.") % {"use": use[:40]})


def _day(sent: str) -> date:
    try:
        return date.fromisoformat(sent)
    except ValueError:
        raise ValidationError(_("“%(day)s” is not a date.") % {"day": sent[:40]}) from None
