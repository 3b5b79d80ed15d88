"""Projects by their pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.search.pages import page_kind
from research.models import ProjectPage

KINDS = (page_kind("project", _("Projects"), ProjectPage),)
