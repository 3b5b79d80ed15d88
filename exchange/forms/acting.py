from __future__ import annotations

from collections.abc import Sequence

from django import forms

from exchange.enums import Actor


class ActingForm(forms.Form):
    """Asks as whom somebody acts, but only where there is a choice."""

    #: The name of the field that asks; it is gone where it need not.
    as_whom: str

    def offer_roles(self, roles: Sequence[tuple[str, str]]) -> None:
        """`roles`: values and labels; empty for a form that acts as no side."""
        self._only_role = roles[0][0] if len(roles) == 1 else None
        if len(roles) < 2:
            del self.fields[self.as_whom]
        else:
            self.fields[self.as_whom].choices = roles

    @property
    def actor(self) -> Actor:
        """Of a valid form."""
        return Actor(self._only_role or self.cleaned_data[self.as_whom])
