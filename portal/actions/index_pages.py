"""The lists below a university's page: clubs, projects. Each app brings its own kind of page."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import override
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from portal.models import University

from .pages import publish_new_page

Kind = TypeVar("Kind", bound=Page)


@transaction.atomic
def index_page(*, university: University, kind: type[Kind], title: Promise, slug: str, now: datetime) -> Kind:
    """The university's one page of this kind; made and published when it is missing.

    Holds the university's row to the end of the caller's transaction, so that two callers make one page and
    the tree's numbers stay right. Raises UniversityPage.DoesNotExist for a university that has no page yet.
    """
    University.objects.select_for_update(no_key=True).get(pk=university.pk)
    above = university.page
    found = kind.objects.child_of(above).first()
    if found is not None:
        return found
    with override(above.locale.language_code):
        page = kind(title=str(title), slug=find_available_slug(above, slug))
    return publish_new_page(page=page, parent=above, now=now)
