from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exchange.models import Season

from .requests import season_label


class StartRunForm(forms.Form):
    season = forms.ModelChoiceField(Season.objects.none(), label=_("Season"), empty_label=None)

    def __init__(self, *args: Any, seasons: QuerySet[Season], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["season"].queryset = seasons
        self.fields["season"].label_from_instance = season_label
