from __future__ import annotations

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from exchange.words import DECLINES


class Answer(TextChoices):
    ACCEPT = "accept", _("We play")
    DECLINE = "decline", _("We cannot play")


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=Answer)
    why = forms.ChoiceField(
        label=_("Why?"),
        choices=[("", _("Another reason")), *((code, _(sentence)) for code, sentence in DECLINES.items())],
        required=False,
    )
    reason = forms.CharField(
        label=_("Anything the other side should know?"),
        help_text=_("They read this."),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def accepts(self) -> bool:
        return self.cleaned_data["answer"] == Answer.ACCEPT

    def whole_reason(self) -> str:
        """The choice, in English whoever chooses, then what was written: as `decline_words` reads it."""
        why, written = self.cleaned_data["why"], self.cleaned_data["reason"]
        return " ".join(part for part in (DECLINES.get(why), written) if part)
