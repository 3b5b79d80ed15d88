from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.models import TeamContact


class ContactForm(forms.ModelForm):
    class Meta:
        model = TeamContact
        fields = ["name", "role", "phone", "email"]
        help_texts = {
            "role": _("For example: trainer, travels with the team, opens the hall."),
            "phone": _("With the code of the country, for example +375 29 123-45-67."),
        }
        widgets = {
            "name": forms.TextInput({"autocomplete": "off"}),
            "phone": forms.TextInput({"type": "tel", "autocomplete": "off"}),
            "email": forms.EmailInput({"autocomplete": "off"}),
        }
