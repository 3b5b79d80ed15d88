"""What the form of a page offers before anybody has written anything."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.forms import WagtailAdminPageForm


class NewPageForm(WagtailAdminPageForm):
    """Fills in `start` of the page's class, as long as the page is new."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            for name, value in self.instance.start.items():
                self.initial[name] = self.initial.get(name) or str(value)


class OutlineForm(WagtailAdminPageForm):
    """Offers an outline for the body of a page that was published once, by an action, and is still empty.

    It is in the form only: visitors see it when somebody has saved and published it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance.body and _is_untouched(self.instance):
            with override(self.instance.locale.language_code):
                body = self.fields["body"].widget.block_def.to_python(outline())
            self.initial["body"] = body


def outline() -> list[dict[str, Any]]:
    """Sentences that may stand as they are, and what the portal knows of itself."""
    welcome = _("You need not have played before. Come to a training session and see whether you like it.")
    return [
        {"type": "heading", "value": _("Train with us")},
        {"type": "text", "value": f"<p>{welcome}</p>"},
        {"type": "heading", "value": _("Play against us")},
        {"type": "open_requests", "value": {"heading": "", "whose": "here", "most": 5}},
    ]


def _is_untouched(page) -> bool:
    return page.revisions.count() <= 1
