from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.forms.row_files import RowFileForm
from portal.models import University
from portal.row_files import BadFile, Fault, Row, read_rows
from research.actions.imports import Draft
from research.project_table import COLUMNS, TOLD

from .project_rows import Judged, judge

#: Each becomes a page with its history; more come in several files.
MOST_DRAFTS = 200


class ProjectImportForm(RowFileForm):
    help_text = _("CSV or XLSX, at most 200 rows and 4 MB.")

    def __init__(self, *args: Any, leads: QuerySet[University], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._leads, self.judged = leads, Judged()

    def read(self, content: bytes) -> list[Row]:
        rows = read_rows(content, columns=(*COLUMNS, *TOLD), needed="title")
        if len(rows) > MOST_DRAFTS:
            raise BadFile(
                _("The file has more than %(most)s rows; share them out over several files.")
                % {"most": MOST_DRAFTS}
            )
        return rows

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.rows:
            members = University.objects.members()
            self.judged = judge(self.rows, leads=list(self._leads), members=members)
            self.refuse_faults()
        return said

    @property
    def drafts(self) -> list[Draft]:
        return self.judged.drafts

    @property
    def faults(self) -> list[Fault]:
        return self.judged.faults
