"""What the ground floor tells people of: universities that join, and pages that wait."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.notices import NoticeKind

JOINING = _("Universities that join")
WRITING = _("Pages of a university")

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
    NoticeKind(
        "editor_appointed",
        _("Being made an editor"),
        _("You may write the pages of a university."),
        WRITING,
        transactional=True,
    ),
    NoticeKind(
        "editor_dismissed",
        _("Being removed from the editors"),
        _("You write the pages of a university no more."),
        WRITING,
        transactional=True,
    ),
)
