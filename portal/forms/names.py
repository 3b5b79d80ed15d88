from __future__ import annotations

from django import forms

from portal.validators import no_control_characters


class NameField(forms.CharField):
    """One line that is shown to others as the name of something."""

    default_validators = [no_control_characters]
