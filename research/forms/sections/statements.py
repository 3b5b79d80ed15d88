from __future__ import annotations

from datetime import datetime

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.identifiers import check_doi, check_raid
from portal.models import Agreement, User
from portal.queries.agreements import agreements_of
from research.actions.statements import change_identifiers, change_statements

from .base import SectionForm
from .identifiers import IdentifierField
from .rows import LongText


class IdentifiersForm(forms.Form):
    raid = IdentifierField(
        check_raid, label=_("RAiD"), help_text=_("Such as https://raid.org/10.26259/dc8b04de.")
    )
    doi = IdentifierField(
        check_doi, label=_("DOI"), help_text=_("Of a registration or a protocol of the project.")
    )
    url = forms.URLField(label=_("Own site"), required=False, max_length=300, assume_scheme="https")


class IdentifiersSection(SectionForm):
    name = "identifiers"
    title = _("Identifiers")
    lead = _("Where else the project is known.")

    def build(self, data: QueryDict | None) -> None:
        kept = {name: getattr(self.project, name) for name in ("raid", "doi", "url")}
        self.form = IdentifiersForm(data, initial=kept)

    def change(self, *, by: User, now: datetime, was_live: bool | None) -> None:
        change_identifiers(project=self.project, **self.form.cleaned_data, by=by, now=now, was_live=was_live)


class StatementsForm(forms.Form):
    ethics = LongText(
        label=_("Ethics"), help_text=_("Which committee approved it, under which number, or why none has to.")
    )
    data_statement = LongText(
        label=_("Data"), help_text=_("What becomes of the data: where they will be, who may use them.")
    )
    equipment_needed = LongText(label=_("Equipment needed"), rows=3)
    equipment_developed = LongText(label=_("Equipment developed"), rows=3)
    agreement = forms.ModelChoiceField(
        label=_("Agreement it belongs to"),
        queryset=Agreement.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("none"),
        help_text=_("Of those that bind the lead university."),
    )


class StatementsSection(SectionForm):
    name = "statements"
    title = _("Statements and equipment")

    def build(self, data: QueryDict | None) -> None:
        names = ("ethics", "data_statement", "equipment_needed", "equipment_developed")
        kept = {name: getattr(self.project, name) for name in names}
        agreement = self.project.agreement
        self.form = StatementsForm(data, initial=kept | {"agreement": agreement and agreement.slug})
        bind = [one.pk for one in agreements_of(self.project.lead, day=timezone.localdate())]
        offered = Agreement.objects.filter(Q(pk__in=bind) | Q(pk=self.project.agreement_id))
        self.form.fields["agreement"].queryset = offered

    def change(self, *, by: User, now: datetime, was_live: bool | None) -> None:
        change_statements(project=self.project, **self.form.cleaned_data, by=by, now=now, was_live=was_live)
