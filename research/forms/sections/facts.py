from __future__ import annotations

from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.forms.names import NameField
from portal.models import User
from portal.sports import sport_choices
from research.actions.facts import change_facts
from research.enums import ProjectStatus, Theme
from research.ford import ford_choices
from research.forms.profiles import WordsField
from research.models import ProjectPage

from .base import SectionForm

#: Characters; about a page. More belongs into the text of the project's page.
LONGEST_SUMMARY = 3000
MOST_THEMES, MOST_FIELDS, MOST_SPORTS = 5, 6, 10
SCROLLS = {"class": "choices-scroll"}


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SomeOf(forms.MultipleChoiceField):
    def __init__(self, *, most: int, scrolls: bool = False, **options: object) -> None:
        widget = forms.CheckboxSelectMultiple(SCROLLS if scrolls else {})
        super().__init__(required=False, widget=widget, **options)
        self.most = most

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > self.most:
            raise forms.ValidationError(_("Choose up to %(most)s.") % {"most": self.most})


class FactsForm(forms.Form):
    title = NameField(
        label=_("Title"),
        max_length=250,
        help_text=_("What is studied, and in whom: as on the cover of a report."),
    )
    acronym = NameField(label=_("Acronym"), max_length=30, required=False)
    summary = forms.CharField(
        label=_("Summary"),
        max_length=LONGEST_SUMMARY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What you want to find out, how, and what a partner would bring."),
    )
    status = forms.ChoiceField(label=_("Status"), choices=ProjectStatus.choices)
    starts_on = DayField(label=_("Starts on"), required=False)
    ends_on = DayField(label=_("Ends on"), required=False)
    themes = SomeOf(label=_("Themes"), choices=Theme.choices, most=MOST_THEMES)
    keywords = WordsField(label=_("Keywords"), required=False, help_text=_("One a line."))
    fields_of_science = SomeOf(
        label=_("Fields of science"), choices=ford_choices, most=MOST_FIELDS, scrolls=True
    )
    sports = SomeOf(label=_("Sports"), choices=sport_choices, most=MOST_SPORTS, scrolls=True)

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, object]:
        facts = super().clean()
        starts_on, ends_on = facts.get("starts_on"), facts.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("It cannot end before it starts."))
        return facts


class FactsSection(SectionForm):
    name = "facts"
    title = _("The project in short")
    lead = _("What it is called, what it is about, when it runs. People find it by these.")

    def build(self, data: QueryDict | None) -> None:
        project = self.project
        draft: ProjectPage = project.page.get_latest_revision_as_object()
        kept = {"title": draft.said_title, "acronym": draft.said_acronym, "summary": draft.said_summary}
        names = ("status", "starts_on", "ends_on", "themes", "keywords", "sports")
        kept |= {name: getattr(project, name) for name in names}
        self.form = FactsForm(data, initial=kept | {"fields_of_science": project.fields})
        self.form.fields["summary"].required = project.page.live

    def change(self, *, by: User, now: datetime, was_live: bool | None) -> None:
        facts = dict(self.form.cleaned_data)
        facts["fields"] = facts.pop("fields_of_science")
        change_facts(project=self.project, **facts, by=by, now=now, was_live=was_live)
