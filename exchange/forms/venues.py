from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.models import Venue
from portal.forms.names import NameField


class VenueForm(forms.ModelForm):
    class Meta:
        model = Venue
        fields = ["name", "hall", "capacity", "street", "postal_code", "town", "lat", "lon"]
        field_classes = {"name": NameField}
        labels = {"hall": _("It is a sports hall"), "capacity": _("Fixtures a day")}
        help_texts = {
            "name": _("As people find it: “Main hall, Kirov street 24”."),
            "hall": _("Indoor sports are played in halls only."),
            "capacity": _("How many fixtures it holds on one day, of all clubs of the university together."),
            "street": _("Guests are shown it on the venue’s page."),
            "town": _("Leave empty where it is that of the university."),
            "lat": _("In degrees, north is positive: 52.1229. Trips are measured from here."),
            "lon": _("In degrees, east is positive: 26.0951."),
        }

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        others = Venue.objects.filter(university=self.instance.university_id).exclude(pk=self.instance.pk)
        if name.casefold() in {one.name.casefold() for one in others}:
            raise forms.ValidationError(_("This university already has a venue of this name."))
        return name
