from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from portal.access import coordinated_universities, is_administrator
from portal.models import Event, University


class EventForm(WagtailAdminModelForm):
    """Coordinators keep the events of their universities; administrators all, those without a host too."""

    url = forms.URLField(label=_("page on the web"), required=False, max_length=300, assume_scheme="https")

    class Meta:
        model = Event
        fields = (
            "title",
            "kind",
            "sport",
            "starts_on",
            "ends_on",
            "country",
            "city",
            "venue",
            "host",
            "agreement",
            "reference",
            "url",
            "summary",
            "public",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = coordinated_universities(self.for_user)
        field = self.fields["host"]
        if is_administrator(self.for_user):
            hosts = (hosts | University.objects.filter(events=self.instance.pk)).distinct()
        else:
            field.required, field.empty_label = True, None
            del self.fields["reference"]
        field.queryset = hosts
