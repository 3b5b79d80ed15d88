from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exchange.actions.teams import RATING
from exchange.models import Team, Venue
from portal.forms.names import NameField
from portal.sports import category_choices, sport_choices

from .seasons import HourInput


class TeamForm(forms.ModelForm):
    """`rates`: whether the person may set the rating; others are shown it beside the form."""

    class Meta:
        model = Team
        fields = ["sport", "category", "name", "home_venue", "kick_off", "rating", "rating_deviation"]
        field_classes = {"name": NameField}
        widgets = {"kick_off": HourInput()}
        help_texts = {
            "home_venue": _(
                "Where the team receives guests. Leave this empty if that is agreed for each fixture."
            ),
            "kick_off": _("On the clocks of the venue. Leave this empty for the usual one of the season."),
            "rating": _("On the Elo scale: 1500 is an average team, 200 more wins three of four times."),
            "rating_deviation": _("How unsure the rating is; 350 for a team nobody has seen play."),
        }

    def __init__(self, *args: Any, venues: QuerySet[Venue], rates: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sport"].choices = [("", _("Choose a sport")), *sport_choices()]
        self.fields["category"].choices = [("", _("Choose a category")), *category_choices()]
        self.fields["home_venue"].queryset = venues
        self.fields["home_venue"].empty_label = _("No home venue")
        for name in RATING:
            # A result may have moved it since the form was opened: what is compared is what was seen.
            self.fields[name].show_hidden_initial = True
        if not rates:
            del self.fields["rating"], self.fields["rating_deviation"]

    @property
    def sets_rating(self) -> bool:
        return any(name in self.changed_data for name in RATING)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        same = {one.name.casefold() for one in self.instance.club.teams.exclude(pk=self.instance.pk)}
        if name.casefold() in same:
            raise forms.ValidationError(_("This club already has a team of this name."))
        return name

    def clean_rating(self) -> float:
        rating = self.cleaned_data["rating"]
        if not 0 <= rating <= 4000:
            raise forms.ValidationError(_("A rating lies between 0 and 4000."))
        return rating

    def clean_rating_deviation(self) -> float:
        deviation = self.cleaned_data["rating_deviation"]
        if not 0 <= deviation <= 350:
            raise forms.ValidationError(_("A deviation lies between 0 and 350."))
        return deviation
