"""What the ground floor lets people find."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.models import UniversityPage
from portal.search.pages import page_kind

KINDS = (
    page_kind("university", _("Universities"), UniversityPage),
    page_kind("page", _("Pages"), Page),
)
