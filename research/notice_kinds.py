"""What the house of research tells people of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.notices import NoticeKind

KINDS = (
    NoticeKind(
        "proposed",
        _("Proposed projects"),
        _("A draft at a university that you coordinate waits for you to read and publish it."),
        _("Research"),
    ),
)
