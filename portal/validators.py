from __future__ import annotations

from unicodedata import category

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def no_control_characters(text: str) -> None:
    """Nobody sees them, and files that carry names (XML, spreadsheets) cannot hold them."""
    if any(category(character) == "Cc" for character in text):
        raise ValidationError(_("This holds invisible control characters; type it anew."), code="control")
