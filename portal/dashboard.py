"""The first page of Wagtail's admin greets each role with what waits for it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from wagtail.admin.ui.components import Component

from portal.waiting import waiting_for


class WaitingPanel(Component):
    name = "waiting"
    template_name = "portal/cms_waiting.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, object]) -> dict[str, object]:
        person = parent_context["request"].user
        return {"things": waiting_for(person, timezone.now()), "person": person}
