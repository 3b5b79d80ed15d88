from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.actions.fixtures import Entry
from exchange.enums import ResultKind, Side
from exchange.models import Fixture, Result

from .acting import ActingForm

#: What a result can hold; more is a slip of the finger.
HIGHEST_SCORE = 999


class ResultForm(ActingForm):
    """Which scores are needed, the action knows."""

    as_whom = "side"

    side = forms.ChoiceField(label=_("You act for"))
    kind = forms.ChoiceField(label=_("How did it end?"), choices=ResultKind, initial=ResultKind.PLAYED)
    host_score = forms.IntegerField(required=False, min_value=0, max_value=HIGHEST_SCORE)
    guest_score = forms.IntegerField(required=False, min_value=0, max_value=HIGHEST_SCORE)
    detail = forms.CharField(
        label=_("Details"),
        help_text=_("Sets, periods, or why it was abandoned. Public once the result stands."),
        required=False,
        max_length=Result._meta.get_field("detail").max_length,
    )

    def __init__(
        self, *args: Any, fixture: Fixture, sides: Iterable[Side], last: Result | None = None, **kwargs: Any
    ) -> None:
        """`last`: the entry that may be corrected."""
        super().__init__(*args, auto_id=kwargs.pop("auto_id", "result_%s"), **kwargs)
        self.offer_roles([(side.value, str(fixture.team_of(side))) for side in sides])
        self.fields["host_score"].label = str(fixture.host)
        self.fields["guest_score"].label = str(fixture.guest)
        if last:
            self.initial = {name: getattr(last, name) for name in ("side", *Entry.__dataclass_fields__)}

    def entry(self) -> Entry:
        said = self.cleaned_data
        return Entry(ResultKind(said["kind"]), said["host_score"], said["guest_score"], said["detail"])


class DisputeForm(forms.Form):
    #: The entry that was read.
    result = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("The other side reads this."),
        max_length=Result._meta.get_field("dispute").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
