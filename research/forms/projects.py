from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.forms.names import NameField
from portal.models import University
from research.enums import ProjectStatus
from research.models import Project
from research.queries.projects import universities_with_projects

#: Characters; about a page. More belongs into the body of the project's page.
LONGEST_SUMMARY = 3000


class UniversityChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, university: University) -> str:
        return f"{university}, {university.city}"


class ProjectForm(forms.ModelForm):
    """All facts of a project; `lead` is asked only of those who may choose."""

    title = NameField(
        label=_("Title"),
        max_length=250,
        help_text=_("What is studied, and in whom: as on the cover of a report."),
    )
    summary = forms.CharField(
        label=_("Summary"),
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What you want to find out, how, and what a partner would bring."),
    )
    status = forms.ChoiceField(label=_("Status"), choices=ProjectStatus)
    partners = UniversityChoices(
        label=_("Partner universities"),
        queryset=University.objects.members(),
        required=False,
        # By slug: SQLite stumbles over a made-up number that is too large for a key.
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-scroll"}),
    )

    class Meta:
        model = Project
        fields = ["lead", "title", "summary", "status", "partners"]

    def __init__(self, *args: Any, leads: QuerySet[University] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if leads is None:
            del self.fields["lead"]
            certain = [self.instance.lead]
        else:
            self.fields["lead"].queryset = leads
            self.fields["lead"].empty_label = None
            certain = list(leads[:2])
        if len(certain) == 1:
            partners = self.fields["partners"]
            partners.queryset = partners.queryset.exclude(pk=certain[0].pk)

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if facts.get("lead") in facts.get("partners", ()):
            self.add_error(
                "partners", _("The lead university is not a partner of itself; leave it out here.")
            )
        return facts


class StatusForm(forms.ModelForm):
    """What the researcher of a published project moves."""

    class Meta:
        model = Project
        fields = ["status"]


class ProjectFilter(forms.Form):
    text = forms.CharField(
        label=_("Words"), max_length=200, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("Any status")), *ProjectStatus.choices], required=False
    )
    university = forms.ModelChoiceField(
        label=_("University"),
        queryset=University.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Any university"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["university"].queryset = universities_with_projects()

    def wanted(self) -> dict[str, Any]:
        """The usable answers; a made-up status or university is shown as a fault and narrows nothing."""
        self.is_valid()
        return {name: answer for name, answer in self.cleaned_data.items() if answer}
