"""Up to six dates, each with its time and place; empty rows are no dates."""

from __future__ import annotations

from datetime import date

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from exchange.actions.fixtures.offers import LONGEST_NOTE
from exchange.date_rules import ProposedDate
from exchange.enums import Actor
from exchange.models.offers import MOST_DATES
from exchange.queries.room import Room

from .acting import ActingForm
from .seasons import DayInput, HourInput


class DateRow(forms.Form):
    date = forms.DateField(label=_("Day"), widget=DayInput())
    kick_off = forms.TimeField(label=_("Kick-off"), widget=HourInput())
    venue = forms.ChoiceField(label=_("Venue"), required=False)

    def __init__(self, *arguments: object, room: Room, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.venues = {str(venue.pk): venue for venue in room.venues}
        choices = [(pk, str(venue)) for pk, venue in self.venues.items()]
        if room.fixture.venue_id is None:
            choices.insert(0, ("", _("to be agreed")))
        self.fields["venue"].choices = choices
        self.fields["date"].widget.attrs |= {
            "list": "days-that-suit",
            "min": room.fixture.season.starts.isoformat(),
            "max": room.fixture.season.ends.isoformat(),
        }
        self.fields["kick_off"].initial = room.fixture.kick_off
        self.fields["venue"].initial = room.fixture.venue_id or ""

    def has_changed(self) -> bool:
        """The time and the place are filled in before; a row without a day is empty."""
        return "date" in self.changed_data

    def proposed(self) -> ProposedDate:
        said = self.cleaned_data
        return ProposedDate(said["date"], said["kick_off"], self.venues.get(said["venue"]))


class DateRows(BaseFormSet):
    def __init__(self, data: object = None, *, room: Room, days: list[date] = ()) -> None:
        """`days` fill the first rows of an empty form."""
        super().__init__(
            data, prefix="dates", initial=[{"date": day} for day in days], form_kwargs={"room": room}
        )

    @property
    def filled(self) -> list[DateRow]:
        return [form for form in self.forms if form.has_changed()]

    def proposed(self) -> list[ProposedDate]:
        return [form.proposed() for form in self.filled]

    def show(self, faults: dict[int, str]) -> None:
        """Each fault beside its date, whichever row that stands in."""
        for number, fault in faults.items():
            self.filled[number - 1].add_error("date", fault)


#: Chosen days are sent as changes, though the form was filled with them.
class EmptyDateRows(
    formset_factory(DateRow, formset=DateRows, extra=MOST_DATES, max_num=MOST_DATES, absolute_max=MOST_DATES)
):
    pass


class OfferForm(ActingForm):
    as_whom = "side"
    side = forms.ChoiceField(label=_("For which side?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Why another date?"),
        help_text=_("The other side reads it."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: object = None, *, actors: tuple[Actor, ...]) -> None:
        super().__init__(data)
        self.offer_roles([(actor.value, actor.label) for actor in actors])
