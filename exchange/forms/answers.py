from __future__ import annotations

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Answer(TextChoices):
    ACCEPT = "accept", _("We play")
    DECLINE = "decline", _("We cannot play")


class Why(TextChoices):
    """Why clubs say no, in the order in which it happens."""

    DATE = "date", _("The date does not suit us.")
    SQUAD = "squad", _("We do not get a team together.")
    TRAVEL = "travel", _("The trip is too far or too dear.")
    VENUE = "venue", _("We have no venue that day.")
    LEVEL = "level", _("The teams are too unequal.")


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=Answer)
    why = forms.ChoiceField(
        label=_("Why?"), choices=[("", _("Another reason")), *Why.choices], required=False
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
        """The choice and what was written beside it, as one text."""
        why, written = self.cleaned_data["why"], self.cleaned_data["reason"]
        return " ".join(part for part in (str(Why(why).label) if why else "", written) if part)
