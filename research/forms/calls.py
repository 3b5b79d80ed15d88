from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from portal.forms.names import NameField
from portal.models import University
from research.actions.calls import CallFacts
from research.call_days import fault_of_day
from research.enums import DeclineReason, Wish
from research.ford import FORD, ford_choices
from research.models import Call, Project
from research.queries.calls import countries_to_choose

#: Characters; about two pages.
LONGEST_TEXT = 6000
MOST_PLACES = 50

LISTED = {"class": "choices-scroll"}


class UniversityChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, university: University) -> str:
        return f"{university}, {university.city}"


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        # What browsers send and want to be sent, whatever the reader's language.
        super().__init__(format="%Y-%m-%d")


class PlacesField(forms.IntegerField):
    default_validators = [MinValueValidator(1), MaxValueValidator(MOST_PLACES)]


class UntilForm(forms.Form):
    """How many, and until when: all that a call needs to be taken up again."""

    places = PlacesField(
        label=_("How many partners do you look for?"),
        widget=forms.NumberInput({"min": 1, "max": MOST_PLACES}),
        initial=1,
    )
    until = forms.DateField(
        label=_("Until when can people answer?"),
        widget=DayInput(),
        help_text=_("The last day, a year ahead at most. You are reminded seven days before."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        until = self.cleaned_data["until"]
        if fault := fault_of_day(until, self.today):
            raise forms.ValidationError(fault)
        return until


class CallForm(UntilForm):
    """All that a call says; only the first two questions and the last two have to be answered."""

    title = NameField(
        label=_("What do you look for, in one line?"),
        max_length=150,
        help_text=_("For example “A laboratory for muscle biopsies”."),
    )
    text = forms.CharField(
        label=_("What would a partner do, and what do they get?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("The work, the time it takes, money if there is any, and what you bring yourselves."),
    )
    wishes = forms.MultipleChoiceField(
        label=_("What should a partner bring?"),
        choices=Wish.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    fields_of_science = forms.MultipleChoiceField(
        label=_("From which fields of science?"),
        choices=ford_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(LISTED),
        help_text=_("None ticked: from any field."),
    )
    countries = forms.MultipleChoiceField(
        label=_("From which countries?"),
        required=False,
        widget=forms.CheckboxSelectMultiple(LISTED),
        help_text=_("None ticked here and below: from everywhere. Others cannot answer then."),
    )
    universities = UniversityChoices(
        label=_("From which universities?"),
        queryset=University.objects.none(),
        required=False,
        # By slug: SQLite stumbles over a made-up number that is too large for a key.
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple(LISTED),
        help_text=_("In addition to all universities of the countries ticked above."),
    )

    field_order = [
        "title",
        "text",
        "wishes",
        "fields_of_science",
        "countries",
        "universities",
        "places",
        "until",
    ]

    def __init__(self, *args: Any, project: Project, call: Call | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_said(call) if call else None, **kwargs)
        self.fields["countries"].choices = country_choices(countries_to_choose())
        offered = University.objects.members().exclude(pk=project.lead_id)
        if call is not None:
            named = University.objects.filter(pk__in=call.universities.order_by().values("pk"))
            offered = (offered | named).distinct()
        self.fields["universities"].queryset = offered

    def facts(self) -> CallFacts:
        said = self.cleaned_data
        names = ("title", "text", "wishes", "countries", "universities", "places", "until")
        return CallFacts(**{name: said[name] for name in names}, fields=said["fields_of_science"])


class CloseForm(forms.Form):
    """What people who still wait for an answer are told."""

    reason = forms.ChoiceField(
        label=_("What do you tell those who still wait?"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
        initial=DeclineReason.FILLED,
    )
    reason_text = forms.CharField(
        label=_("In your own words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class CallFilter(forms.Form):
    wish = forms.ChoiceField(
        label=_("Looks for"), choices=[("", _("Anything")), *Wish.choices], required=False
    )
    field = forms.ChoiceField(
        label=_("Field of science"),
        choices=lambda: [("", _("Any field")), *FORD.items()],
        required=False,
    )
    country = forms.ChoiceField(label=_("Open to partners from"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = country_choices(countries_to_choose())
        self.fields["country"].choices = [("", _("Any country")), *choices]

    def wanted(self) -> dict[str, str]:
        """The usable answers; a made-up one is shown as a fault and narrows nothing."""
        self.is_valid()
        return {name: answer for name, answer in self.cleaned_data.items() if answer}


def country_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    return sorted(((code, str(countries.name(code))) for code in codes), key=lambda choice: choice[1])


def _said(call: Call) -> dict[str, object]:
    names = ("title", "text", "wishes", "countries", "places", "until")
    slugs = list(call.universities.values_list("slug", flat=True))
    said = {name: getattr(call, name) for name in names}
    return said | {"fields_of_science": call.fields, "universities": slugs}
