from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from portal.enums import AgreementState, AgreementSubject
from portal.models import Agreement, University
from portal.sports import sport_choices

#: Fewer have nobody to agree with.
LEAST_PARTIES = 2


class AgreementForm(WagtailAdminModelForm):
    subjects = forms.MultipleChoiceField(
        label=_("subjects"),
        choices=AgreementSubject.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    sports = forms.MultipleChoiceField(
        label=_("sports"),
        choices=sport_choices,
        required=False,
        help_text=_("Leave empty where it holds for all sports."),
    )
    universities = forms.ModelMultipleChoiceField(
        University.objects.none(),
        label=_("universities"),
        required=False,
        help_text=_("Those that have signed themselves; the others of a country come with it."),
    )

    class Meta:
        model = Agreement
        fields = (
            "title",
            "slug",
            "countries",
            "universities",
            "subjects",
            "sports",
            "signed_on",
            "valid_from",
            "valid_until",
            "summary",
            "document",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = University.objects.members()
        if self.instance.pk:
            offered = (offered | University.objects.filter(agreements=self.instance)).distinct()
        self.fields["universities"].queryset = offered

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        parties = len(cleaned.get("countries") or ()) + len(cleaned.get("universities") or ())
        if parties < LEAST_PARTIES and not {"countries", "universities"} & self.errors.keys():
            raise ValidationError(
                _("Name at least two parties: countries, universities, or one of each."), code="parties"
            )
        return cleaned


class AgreementFilter(forms.Form):
    """What an old link asks for and does not occur is left out."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *AgreementState.choices]
    )
    subject = forms.ChoiceField(
        label=_("Subject"), required=False, choices=[("", _("All")), *AgreementSubject.choices]
    )

    def __init__(self, said: Mapping[str, str]) -> None:
        super().__init__(label_suffix="")
        for name, field in self.fields.items():
            value = said.get(name, "")
            self.initial[name] = value if field.valid_value(value) else ""

    @property
    def is_used(self) -> bool:
        return any(self.initial.values())
