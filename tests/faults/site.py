"""The pages that every installation has, on a database that a test may have emptied."""

from __future__ import annotations

from django.utils import timezone
from wagtail.models import Locale, Page

from portal.actions.site import lay_out_site


def lay_out() -> None:
    """Tests without a transaction of their own leave no root of pages behind."""
    Locale.objects.get_or_create(language_code="en")
    if Page.get_first_root_node() is None:
        Page.add_root(title="Root", slug="root")
    lay_out_site(now=timezone.now())
