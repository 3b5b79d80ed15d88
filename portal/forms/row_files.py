from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.row_files import MAX_BYTES, BadFile, Fault, Row


class RowFileForm(forms.Form):
    """A file of rows; valid only if every row of it is. Who inherits reads the file and judges `rows`."""

    file = forms.FileField(label=_("Which file?"), widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}))
    #: What kind of file, and how large it may be.
    help_text: str | Promise = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = self.help_text
        self.rows: list[Row] = []

    def read(self, content: bytes) -> list[Row]:
        """Raises BadFile."""
        raise NotImplementedError

    @property
    def faults(self) -> list[Fault]:
        raise NotImplementedError

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        try:
            self.rows = self.read(file.read(MAX_BYTES + 1))
        except BadFile as fault:
            raise ValidationError(str(fault)) from fault
        return file

    def refuse_faults(self) -> None:
        if self.faults:
            raise ValidationError(_("Nothing was saved. Correct these rows and send the file again."))
