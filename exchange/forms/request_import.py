from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exchange.models import Season, Team
from portal.forms.row_files import RowFileForm

from .request_file import Row, read_rows
from .request_rows import Fault, Judged, Register, judge
from .requests import season_label


class RequestImportForm(RowFileForm):
    season = forms.ModelChoiceField(Season.objects.none(), label=_("For which season?"), empty_label=None)

    field_order = ["season", "file"]
    help_text = _("CSV or XLSX, at most 5,000 rows and 4 MB.")

    def __init__(
        self, *args: Any, seasons: QuerySet[Season], teams: QuerySet[Team], now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["season"].queryset = seasons
        self.fields["season"].label_from_instance = season_label
        self._teams, self._now = teams, now
        self.judged = Judged()

    def read(self, content: bytes) -> list[Row]:
        return read_rows(content)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.rows and said.get("season"):
            register = Register(season=said["season"], teams=list(self._teams), now=self._now)
            self.judged = judge(self.rows, register)
            self.refuse_faults()
        return said

    @property
    def faults(self) -> list[Fault]:
        return self.judged.faults
