"""Outputs from a file of a reference manager, or pasted."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.models import User
from portal.row_files import Fault
from research.actions.outputs import add_outputs
from research.models import Output, Project
from research.outputs_io import MOST_CHARACTERS, OutputFacts, read_bibtex, read_csl

#: A character of UTF-8 has at most four bytes.
MOST_BYTES = 4 * MOST_CHARACTERS


class ImportForm(forms.Form):
    pasted = forms.CharField(
        label=_("BibTeX or CSL-JSON"),
        required=False,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false", "class": "code"}),
        help_text=_("As Zotero, Mendeley, JabRef, Crossref or a library's catalogue give it out."),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        widget=forms.ClearableFileInput({"accept": ".bib,.json,.txt"}),
    )

    def clean(self) -> dict[str, object]:
        said = super().clean()
        text = self._text(said)
        if text is None:
            return said
        is_csl = text.lstrip()[:1] in ("[", "{")
        outputs = read_csl(text) if is_csl else read_bibtex(text)
        for fault in outputs.faults:
            self.add_error(None, _words(fault, is_csl))
        return said | {"outputs": outputs.facts}

    def add_to(self, *, project: Project, by: User, now: datetime) -> tuple[int, int]:
        """How many were added, and how many the project has already."""
        outputs = self.cleaned_data["outputs"]
        added = add_outputs(project=project, outputs=[_output(one) for one in outputs], by=by, now=now)
        return added, len(outputs) - added

    def _text(self, said: dict[str, object]) -> str | None:
        file, pasted = said.get("file"), said.get("pasted", "")
        if not file and not pasted.strip():
            self.add_error("pasted", _("Paste something, or choose a file."))
            return None
        if not file:
            return pasted
        if file.size > MOST_BYTES:
            self.add_error("file", _("The file is too large."))
            return None
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", _("The file is not written in UTF-8; save it so and try again."))
            return None


def _output(facts: OutputFacts) -> Output:
    names = ("kind", "title", "year", "doi", "url", "csl")
    return Output(**{name: getattr(facts, name) for name in names})


def _words(fault: Fault, is_csl: bool) -> str:
    """CSL-JSON is counted by its items, BibTeX by its lines."""
    if fault.column == "file":
        return fault.text
    where = _("Item %(row)s") if is_csl else _("Line %(row)s")
    field = "" if fault.column in ("entry", "item") else f", {fault.column}"
    return f"{where % {'row': fault.row}}{field}: {fault.text}"
