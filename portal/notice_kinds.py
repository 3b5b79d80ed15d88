"""What the ground floor tells people of: universities that join, and pages that wait."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.notices import NoticeKind

JOINING = _("Universities that join")

KINDS = (
    NoticeKind(
        "join_approved",
        _("Your university takes part"),
        _("You may coordinate a university."),
        JOINING,
        transactional=True,
    ),
    NoticeKind(
        "join_declined",
        _("Your university cannot take part"),
        _("Your request to join was declined, with the reason."),
        JOINING,
        transactional=True,
    ),
    NoticeKind(
        "join_asked",
        _("Requests to join"),
        _("Somebody asks that a university may join; portal administrators decide."),
        JOINING,
    ),
)
