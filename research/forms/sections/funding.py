from __future__ import annotations

from datetime import datetime

from babel.numbers import is_currency
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.forms.names import NameField
from portal.identifiers import check_ror
from portal.models import User
from research.actions.funding import change_funding

from .base import SectionForm
from .identifiers import IdentifierField
from .rows import Row, Rows, rows_of

MOST_GRANTS = 40


class GrantRow(Row):
    funder = NameField(label=_("Funder"), max_length=250)
    funder_ror = IdentifierField(check_ror, label=_("ROR id of the funder"))
    number = NameField(label=_("Grant number"), max_length=100, required=False)
    amount = forms.DecimalField(
        label=_("Amount"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    currency = forms.CharField(
        label=_("Currency"),
        required=False,
        max_length=3,
        help_text=_("Three letters of ISO 4217, such as EUR."),
    )

    def clean_currency(self) -> str:
        code = self.cleaned_data["currency"].upper()
        if code and not is_currency(code):
            raise forms.ValidationError(_("There is no currency “%(code)s”; such as EUR.") % {"code": code})
        return code

    def clean(self) -> dict[str, object]:
        said = super().clean()
        if said.get("amount") is not None and "currency" in said and not said["currency"]:
            self.add_error("currency", _("Say in which currency the amount is."))
        return said


class GrantRows(Rows):
    one, heading = _("Grant"), _("Grants")


class FundingSection(SectionForm):
    name = "funding"
    title = _("Funding")
    lead = _("Who pays for it. Leave the amount empty if it is not public.")

    def build(self, data: QueryDict | None) -> None:
        names = ("funder", "funder_ror", "number", "amount", "currency")
        kept = [
            {"row": grant.pk} | {name: getattr(grant, name) for name in names}
            for grant in self.project.grants.all()
        ]
        self.rows = [rows_of(GrantRow, GrantRows, prefix="grants", most=MOST_GRANTS, data=data, kept=kept)]

    def change(self, *, by: User, now: datetime, was_live: bool | None) -> None:
        grants = self.rows[0].sent
        change_funding(project=self.project, grants=grants, by=by, now=now, was_live=was_live)
