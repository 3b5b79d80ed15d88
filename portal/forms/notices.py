from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from timezone_field.forms import TimeZoneFormField

from portal.enums import Delivery
from portal.models import User
from portal.notices import DIGEST_TIME, choosable_kinds, deliveries_of


class NoticesForm(forms.Form):
    """One choice a kind, under the kind's name."""

    def __init__(self, data=None, *, person: User) -> None:
        super().__init__(data, label_suffix="")
        self.kinds = sorted(choosable_kinds(), key=lambda kind: str(kind.group))
        comes = deliveries_of(person)
        for kind in self.kinds:
            self.fields[kind.name] = forms.ChoiceField(
                label=kind.label,
                help_text=kind.help,
                choices=Delivery.choices,
                initial=comes[kind.name],
                widget=forms.RadioSelect,
            )
        self.fields["time_zone"] = _zone_field(person)

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The heading of each group, and its questions."""
        for group, kinds in groupby(self.kinds, key=lambda kind: kind.group):
            yield str(group), [self[kind.name] for kind in kinds]

    @property
    def deliveries(self) -> dict[str, Delivery]:
        return {kind.name: Delivery(self.cleaned_data[kind.name]) for kind in self.kinds}

    @property
    def time_zone(self) -> ZoneInfo | None:
        return self.cleaned_data["time_zone"]


def _zone_field(person: User) -> TimeZoneFormField:
    field = TimeZoneFormField(
        label=_("Your time zone"),
        help_text=_("The daily digest comes at %(time)s there.") % {"time": f"{DIGEST_TIME:%H:%M}"},
        required=False,
        choices_display="WITH_GMT_OFFSET",
        initial=person.time_zone,
    )
    field.choices = [("", _("The portal's (%(zone)s)") % {"zone": settings.TIME_ZONE}), *field.choices]
    return field
