from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.models import User


class GoodbyeForm(forms.Form):
    """Asks who goes to prove that it is they, and that they mean it."""

    address = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=_("Type the address with which you sign in."),
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.person = person
        if not person.has_usable_password():
            del self.fields["password"]

    def clean_address(self) -> str:
        typed = self.cleaned_data["address"].strip()
        if typed.casefold() != self.person.email.casefold():
            raise ValidationError(_("This is not the address of this account."), code="address")
        return typed

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not self.person.check_password(password):
            raise ValidationError(_("This is not your password."), code="password")
        return password
