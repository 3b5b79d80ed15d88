from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.actions.fixtures.calling_off import LONGEST_NOTE
from exchange.enums import Actor, Move


class CallOffForm(forms.Form):
    """Once more: why, and as whom where somebody may act as several."""

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
        self.only = actors[0] if len(actors) == 1 else None
        if self.only:
            del self.fields["actor"]
        else:
            self.fields["actor"].choices = [(actor.value, actor.label) for actor in actors]

    @property
    def chosen_actor(self) -> Actor:
        return self.only or Actor(self.cleaned_data["actor"])
