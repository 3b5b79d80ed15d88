from __future__ import annotations

from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.forms.names import NameField
from portal.identifiers import check_orcid
from portal.models import User
from research.actions.people import THEIRS, change_people
from research.enums import Credit
from research.forms.profiles import UniversityNameField
from research.models import Member

from .base import SectionForm
from .identifiers import IdentifierField
from .rows import Row, Rows, rows_of

MOST_PEOPLE = 100


class PersonRow(Row):
    name = NameField(label=pgettext_lazy("of a person", "Name"), max_length=150)
    orcid = IdentifierField(
        check_orcid, label=_("ORCID iD"), help_text=_("Sixteen characters, such as 0000-0002-1825-0097.")
    )
    university = UniversityNameField(
        label=_("University"),
        max_length=250,
        required=False,
        widget=forms.TextInput({"list": "universities"}),
    )
    credit = forms.MultipleChoiceField(
        label=_("What they do"),
        choices=Credit.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "choices-scroll choices-scroll-low"}),
    )
    shown = forms.BooleanField(label=_("Name on the public page"), required=False, initial=True)

    def __init__(
        self, *arguments: object, members: dict[int, Member], person: User, **options: object
    ) -> None:
        super().__init__(*arguments, **options)
        self.member = members.get(self.key) if self.key else None
        #: Who has an account says themselves who they are, and whether they are named.
        self.speaks = bool(self.member and self.member.person_id not in (None, person.pk))
        if self.speaks:
            for name in THEIRS:
                self.fields[name].disabled = True
                self.initial[name] = getattr(self.member, name)
            self.fields["shown"].help_text = _("They decide this themselves, on “My research”.")

    @property
    def may_go(self) -> bool:
        return self.member is None or self.member.person_id is None

    def sent(self) -> dict[str, object]:
        said = super().sent()
        return {name: value for name, value in said.items() if not (self.speaks and name in THEIRS)}


class PeopleRows(Rows):
    one, heading = _("Person"), _("People")

    def clean(self) -> None:
        self.only_once("orcid", _("This ORCID iD stands above already."))


class PeopleSection(SectionForm):
    name = "people"
    title = _("People")
    lead = _("Who works on it. Name nobody who has not agreed to it.")

    def build(self, data: QueryDict | None) -> None:
        members = {
            one.pk: one for one in self.project.members.filter(left_at=None).select_related("university")
        }
        names = ("name", "orcid", "university", "credit", "shown")
        kept = [{"row": pk} | {name: getattr(one, name) for name in names} for pk, one in members.items()]
        self.rows = [
            rows_of(
                PersonRow,
                PeopleRows,
                prefix="people",
                most=MOST_PEOPLE,
                data=data,
                kept=kept,
                members=members,
                person=self.person,
            )
        ]

    @property
    def suggested_universities(self) -> list[str]:
        universities = (self.project.lead, *self.project.partners.all())
        return [str(one.name) for one in universities]

    def change(self, *, by: User, now: datetime, was_live: bool | None) -> None:
        people = self.rows[0].sent
        change_people(project=self.project, people=people, by=by, now=now, was_live=was_live)
