from __future__ import annotations

from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.forms.names import NameField
from portal.identifiers import check_ror
from portal.models import University, User
from research.actions.parties import change_parties
from research.enums import PartyRole
from research.forms.profiles import UniversityNameField

from .base import SectionForm
from .identifiers import IdentifierField
from .rows import Row, Rows, rows_of

MOST_PARTIES = 60


class UniversityRow(Row):
    university = UniversityNameField(
        label=_("University"), max_length=250, widget=forms.TextInput({"list": "universities"})
    )
    role = forms.ChoiceField(label=_("Role"), choices=PartyRole.choices, initial=PartyRole.PARTNER)

    def __init__(self, *arguments: object, lead: University, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.lead = lead

    def clean_university(self) -> University | None:
        university = self.cleaned_data["university"]
        if university == self.lead:
            raise forms.ValidationError(
                _("The lead university is not a partner of itself; leave it out here.")
            )
        return university


class UniversityRows(Rows):
    one, heading = _("University"), _("Universities")

    def clean(self) -> None:
        self.only_once("university", _("This university stands above already."))


class OutsideRow(Row):
    name = NameField(label=_("Organisation"), max_length=250)
    ror = IdentifierField(check_ror, label=_("ROR id"), help_text=_("Found on ror.org, such as 05gqaka33."))
    role = forms.ChoiceField(label=_("Role"), choices=PartyRole.choices, initial=PartyRole.PARTNER)


class OutsideRows(Rows):
    one, heading = _("Organisation"), _("Other organisations")


class PartiesSection(SectionForm):
    name = "partners"
    title = _("Partners")
    lead = _("Who carries the project beside the lead university, and as what.")

    def build(self, data: QueryDict | None) -> None:
        project = self.project
        parties = project.participations.select_related("university")
        universities = [{"row": one.pk, "university": one.university, "role": one.role} for one in parties]
        outside = [
            {"row": one.pk, "name": one.name, "ror": one.ror, "role": one.role}
            for one in project.outside_parties.all()
        ]
        shared = {"most": MOST_PARTIES, "data": data}
        self.rows = [
            rows_of(
                UniversityRow,
                UniversityRows,
                prefix="universities",
                kept=universities,
                lead=project.lead,
                **shared,
            ),
            rows_of(OutsideRow, OutsideRows, prefix="outside", kept=outside, **shared),
        ]

    @property
    def suggested_universities(self) -> list[str]:
        members = University.objects.members().exclude(pk=self.project.lead_id)
        return sorted(str(one.name) for one in members)

    def change(self, *, by: User, now: datetime, was_live: bool | None) -> None:
        universities, outside = self.rows
        said = {one["university"]: one["role"] for one in universities.sent if "university" in one}
        change_parties(
            project=self.project,
            universities=said,
            outside=outside.sent,
            by=by,
            now=now,
            was_live=was_live,
        )
