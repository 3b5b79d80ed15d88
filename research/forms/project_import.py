from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.models import University
from portal.row_files import MAX_BYTES, BadFile, Fault, Row, read_rows
from research.actions.imports import Draft
from research.project_table import COLUMNS, TOLD

from .project_rows import Judged, judge

#: Each becomes a page with its history; more come in several files.
MOST_DRAFTS = 200


class ProjectImportForm(forms.Form):
    """A file of projects; valid only if every row of it is."""

    file = forms.FileField(
        label=_("Which file?"),
        help_text=_("CSV or XLSX, at most 200 rows and 4 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, *args: Any, leads: QuerySet[University], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._leads, self._rows, self.judged = leads, list[Row](), Judged()

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        try:
            self._rows = read_rows(file.read(MAX_BYTES + 1), columns=(*COLUMNS, *TOLD), needed="title")
        except BadFile as fault:
            raise ValidationError(str(fault)) from fault
        if len(self._rows) > MOST_DRAFTS:
            raise ValidationError(
                _("The file has more than %(most)s rows; share them out over several files.")
                % {"most": MOST_DRAFTS}
            )
        return file

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self._rows and "file" in said:
            members = University.objects.members()
            self.judged = judge(self._rows, leads=list(self._leads), members=members)
            if self.faults:
                raise ValidationError(_("Nothing was saved. Correct these rows and send the file again."))
        return said

    @property
    def drafts(self) -> list[Draft]:
        return self.judged.drafts

    @property
    def faults(self) -> list[Fault]:
        return self.judged.faults
