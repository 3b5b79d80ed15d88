from __future__ import annotations

from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.forms.names import NameField
from portal.identifiers import check_doi
from portal.models import User
from research.actions.outputs import change_outputs
from research.citations import author_words, container_of, with_words
from research.enums import OutputKind
from research.models import Output

from .base import SectionForm
from .identifiers import IdentifierField
from .rows import Row, Rows, rows_of

MOST_OUTPUTS = 300


class OutputRow(Row):
    title = NameField(label=_("Title"), max_length=500)
    kind = forms.ChoiceField(label=_("Kind"), choices=OutputKind.choices, initial=OutputKind.ARTICLE)
    authors = NameField(
        label=_("Authors"),
        max_length=2000,
        required=False,
        help_text=_("Family name, given name; the next after a semicolon."),
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1800, max_value=2200)
    container = NameField(label=_("Journal, book or publisher"), max_length=300, required=False)
    doi = IdentifierField(check_doi, label=_("DOI"))
    url = forms.URLField(label=_("Address"), required=False, max_length=500, assume_scheme="https")

    def __init__(self, *arguments: object, outputs: dict[int, Output], **options: object) -> None:
        super().__init__(*arguments, **options)
        self.output = outputs.get(self.key) if self.key else None

    def sent(self) -> dict[str, object]:
        """What an import knew beyond these fields stays."""
        said = super().sent()
        words = {name: said.pop(name) for name in ("authors", "container")}
        known = self.output.csl if self.output else {}
        return said | {"csl": with_words(known, kind=said["kind"], **words)}


class OutputRows(Rows):
    one, heading = _("Output"), _("Outputs")

    def clean(self) -> None:
        self.only_once("doi", _("This DOI stands above already."))


class OutputsSection(SectionForm):
    name = "outputs"
    title = _("Outputs")
    lead = _("Papers, data sets, software, theses: what came of it.")

    def build(self, data: QueryDict | None) -> None:
        outputs = {one.pk: one for one in self.project.outputs.all()}
        self.rows = [
            rows_of(
                OutputRow,
                OutputRows,
                prefix="outputs",
                most=MOST_OUTPUTS,
                data=data,
                kept=[_kept(one) for one in outputs.values()],
                outputs=outputs,
            )
        ]

    def change(self, *, by: User, now: datetime, was_live: bool | None) -> None:
        outputs = self.rows[0].sent
        change_outputs(project=self.project, outputs=outputs, by=by, now=now, was_live=was_live)


def _kept(output: Output) -> dict[str, object]:
    words = {"authors": author_words(output.csl), "container": container_of(output.csl)}
    names = ("title", "kind", "year", "doi", "url")
    return {"row": output.pk} | {name: getattr(output, name) for name in names} | words
