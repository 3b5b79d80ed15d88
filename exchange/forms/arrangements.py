from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from exchange.arranging import PARTS, Part, fingerprint, part_of
from exchange.enums import Side
from exchange.models import Arrangements, Fixture, Venue
from exchange.queries.room import venues_for
from exchange.words import day_words

from .seasons import HourInput

PHONE = RegexValidator(
    r"^\+?[\d\s()./\-]{5,}$", _("Write a telephone number, with the code of the country: +375 29 123-45-67.")
)


class Phone(forms.TextInput):
    input_type = "tel"


class PartForm(forms.ModelForm):
    """One side's part. `seen` carries what it showed, so that nobody's change is overwritten unseen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    side: Side

    def __init__(self, data: Any = None, *, fixture: Fixture, row: Arrangements) -> None:
        part = part_of(fixture, row, self.side)
        stands = {one.name: getattr(part, one.name) for one in fields(part)}
        super().__init__(data, initial=stands | {"seen": fingerprint(fixture, part)})
        for name in self.fields:
            if name.endswith("_phone"):
                self.fields[name].validators.append(PHONE)

    def part(self) -> Part:
        kind = PARTS[self.side]
        return kind(**{one.name: self.cleaned_data[one.name] for one in fields(kind)})


class HostPartForm(PartForm):
    side = Side.HOST
    kick_off = forms.TimeField(label=_("Kick-off"), widget=HourInput)
    venue = forms.ModelChoiceField(label=_("Venue"), queryset=None, required=False)

    field_order = ("kick_off", "venue")

    class Meta:
        model = Arrangements
        fields = [
            "meeting_point",
            "host_contact",
            "host_phone",
            "host_kit",
            "beds_offered",
            "notes",
        ]
        labels = {
            "host_kit": _("Your kit colours"),
            "host_contact": _("Your contact person"),
            "host_phone": _("Telephone"),
            "notes": _("Anything else"),
        }
        help_texts = {
            "meeting_point": _("Where you receive the guests: entrance, bus stop, time."),
            "host_contact": _("Whom the guests ask for on the day."),
            "host_phone": _("Seen by the two sides only, until the result stands."),
            "notes": _("Changing rooms, meals, parking, what to bring."),
        }
        widgets = {"host_phone": Phone(attrs={"autocomplete": "tel"}), "notes": forms.Textarea({"rows": 4})}

    def __init__(self, data: Any = None, *, fixture: Fixture, row: Arrangements) -> None:
        super().__init__(data, fixture=fixture, row=row)
        fitting = [venue.pk for venue in venues_for(fixture.host)]
        field = self.fields["venue"]
        field.queryset = Venue.objects.filter(pk__in=[*fitting, fixture.venue_id])
        field.empty_label = _("To be agreed")
        if fixture.venue_id:
            field.empty_label, field.required = None, True
        self.fields["kick_off"].help_text = _("On %(day)s, on the clocks of %(zone)s.") % {
            "day": day_words(fixture.date),
            "zone": fixture.time_zone,
        }


class GuestPartForm(PartForm):
    side = Side.GUEST

    class Meta:
        model = Arrangements
        fields = ["guest_contact", "guest_phone", "guest_kit", "squad_size"]
        labels = {
            "guest_kit": _("Your kit colours"),
            "guest_contact": _("Your contact person"),
            "guest_phone": _("Telephone"),
            "squad_size": _("How many of you travel"),
        }
        help_texts = {
            "guest_contact": _("Whom the hosts call on the day."),
            "guest_phone": _("Seen by the two sides only, until the result stands."),
            "squad_size": _("Players, coaches and others together."),
        }
        widgets = {"guest_phone": Phone(attrs={"autocomplete": "tel"})}


FORMS = {Side.HOST: HostPartForm, Side.GUEST: GuestPartForm}
