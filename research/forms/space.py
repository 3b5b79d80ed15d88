"""What members write into the space of their project."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.forms.names import NameField
from portal.models import User
from research.actions.files import fault_of
from research.enums import MilestoneState
from research.file_names import KINDS
from research.forms.sections.facts import DayField
from research.person_names import shown_name


class MilestoneForm(forms.Form):
    title = NameField(label=_("What is to be reached?"), max_length=150)
    starts_on = DayField(
        label=_("When does the work on it start?"),
        required=False,
        help_text=_("Leave it empty for a single day, such as a meeting or a deadline."),
    )
    due_on = DayField(label=_("Until when?"))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        starts_on, due_on = said.get("starts_on"), said.get("due_on")
        if starts_on and due_on and due_on < starts_on:
            self.add_error("due_on", _("It cannot be due before it starts."))
        return said


class MilestoneMoveForm(forms.Form):
    """A button that moves a milestone, with the state in which it was seen."""

    was = forms.ChoiceField(choices=MilestoneState.choices)
    to = forms.ChoiceField(choices=MilestoneState.choices)


class ShownForm(forms.Form):
    shown = forms.BooleanField(required=False)


class DecisionForm(forms.Form):
    text = forms.CharField(
        label=_("What was decided?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("It cannot be changed afterwards; a later decision can say otherwise."),
    )
    taken_on = DayField(label=_("On which day?"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["taken_on"].initial = today

    def clean_taken_on(self) -> date:
        taken_on = self.cleaned_data["taken_on"]
        if taken_on > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return taken_on


class ProjectFileForm(forms.Form):
    file = forms.FileField(
        label=_("Which file?"),
        max_length=200,
        help_text=_("A document, table, picture or ZIP archive, 20 MB at most. Members only can read it."),
        widget=forms.FileInput({"accept": ",".join(f".{kind}" for kind in sorted(KINDS))}),
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if fault := fault_of(file):
            raise forms.ValidationError(fault)
        return file


class RemoveForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("They read your words by mail."),
    )


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return shown_name(person)


class HandOverForm(forms.Form):
    to = PersonChoice(
        label=_("Who leads from now on?"),
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, successors: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = successors
