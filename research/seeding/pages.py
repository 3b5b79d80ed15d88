"""Live pages in bulk: what treebeard, Wagtail and our own pages write one by one."""

from __future__ import annotations

from uuid import uuid5

from django.db import connection
from wagtail.models import Page

from portal.models.bound_pages import ROWS
from research.models import Project, ProjectPage

from .homes import Home

PAGE_FIELDS = [field for field in Page._meta.concrete_fields if not field.primary_key]
OWN_FIELDS = ProjectPage._meta.local_concrete_fields


def add_pages(projects: list[Project], homes: dict[int, Home]) -> list[ProjectPage]:
    """Each below its lead's list of projects; the lists count them afterwards (`Home.count_pages`)."""
    pages = [_page(project, homes[project.lead_id]) for project in projects]
    bases = Page.objects.bulk_create(
        Page(**{field.attname: getattr(page, field.attname) for field in PAGE_FIELDS}) for page in pages
    )
    for page, base in zip(pages, bases, strict=True):
        page.pk = page.page_ptr_id = page.id = base.pk
    # What bulk_create does for a model that is one table only.
    most = connection.ops.bulk_batch_size(OWN_FIELDS, pages)
    for start in range(0, len(pages), most):
        ProjectPage._base_manager._insert(pages[start : start + most], fields=OWN_FIELDS, using="default")
    return pages


def _page(project: Project, home: Home) -> ProjectPage:
    return ProjectPage(
        project=project,
        title=project.title,
        draft_title=project.title,
        slug=project.slug,
        path=home.next_path(),
        depth=home.index.depth + 1,
        numchild=0,
        url_path=f"{home.index.url_path}{project.slug}/",
        live=True,
        has_unpublished_changes=False,
        owner_id=project.investigator_id,
        locale=home.index.locale,
        translation_key=uuid5(ROWS, f"{Project._meta.label_lower}:{project.pk}"),
        first_published_at=project.published_at,
        last_published_at=project.published_at,
    )
