from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exchange.models import Season, Team

from .request_file import MAX_BYTES, BadFile, Row, read_rows
from .request_rows import Fault, Judged, Register, judge
from .requests import season_label


class RequestImportForm(forms.Form):
    """A file of requests; valid only if every row of it is."""

    season = forms.ModelChoiceField(Season.objects.none(), label=_("For which season?"), empty_label=None)
    file = forms.FileField(
        label=_("Which file?"),
        help_text=_("CSV or XLSX, at most 5,000 rows and 4 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(
        self, *args: Any, seasons: QuerySet[Season], teams: QuerySet[Team], now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["season"].queryset = seasons
        self.fields["season"].label_from_instance = season_label
        self._teams, self._now = teams, now
        self._rows: list[Row] = []
        self.judged = Judged()

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        try:
            self._rows = read_rows(file.read(MAX_BYTES + 1))
        except BadFile as fault:
            raise ValidationError(str(fault)) from fault
        return file

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self._rows and said.get("season"):
            register = Register(season=said["season"], teams=list(self._teams), now=self._now)
            self.judged = judge(self._rows, register)
            if self.faults:
                raise ValidationError(_("Nothing was saved. Correct these rows and send the file again."))
        return said

    @property
    def faults(self) -> list[Fault]:
        return self.judged.faults
