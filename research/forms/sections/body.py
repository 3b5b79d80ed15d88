from __future__ import annotations

from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.models import User
from research.actions.facts import change_body
from research.body import text_of

from .base import SectionForm

LONGEST_TEXT = 40_000


class BodyForm(forms.Form):
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 18, "data-marks": ""}),
        help_text=_(
            "An empty line begins a paragraph. **bold**, *italic*, - for a list, ### for a heading,"
            " [words](https://example.org) for a link."
        ),
    )


class BodySection(SectionForm):
    name = "text"
    title = _("The text of the page")
    lead = _("Background, methods, plans: as long as it needs to be. Pictures are added in the CMS.")

    def build(self, data: QueryDict | None) -> None:
        draft = self.project.page.get_latest_revision_as_object()
        self.form = BodyForm(data, initial={"text": text_of(draft.body)})

    def change(self, *, by: User, now: datetime, was_live: bool | None) -> None:
        text = self.form.cleaned_data["text"]
        change_body(project=self.project, text=text, by=by, now=now, was_live=was_live)
