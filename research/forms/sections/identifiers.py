"""Fields for identifiers: read as people paste them, kept bare."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError


class IdentifierField(forms.CharField):
    """`check` gives the bare identifier, or raises ValueError with a sentence for people."""

    def __init__(self, check: Callable[[str], str], **options: object) -> None:
        super().__init__(required=False, max_length=300, **options)
        self.check = check

    def clean(self, value: object) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return self.check(text)
        except ValueError as fault:
            raise ValidationError(str(fault), code="identifier") from fault
