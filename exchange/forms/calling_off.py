from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.actions.fixtures.calling_off import LONGEST_NOTE
from exchange.enums import Actor, Move

from .acting import ActingForm


class CallOffForm(ActingForm):
    """Once more: why, and as whom where somebody may act as several."""

    as_whom = "actor"
    actor = forms.ChoiceField(label=_("As whom?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Both sides read it; nobody else does."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: object = None, *, move: Move, actors: tuple[Actor, ...]) -> None:
        super().__init__(data)
        self.fields["reason"].required = move != Move.WITHDRAW
        self.offer_roles([(actor.value, actor.label) for actor in actors])
