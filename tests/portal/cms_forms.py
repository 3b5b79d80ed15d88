"""What a browser sends from the CMS's page forms."""

from __future__ import annotations

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portal.models import UniversityPage


def page_form(**fields: object) -> dict[str, object]:
    comments = {f"comments-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return nested_form_data({"lead": "", "body": streamfield([]), "slug": "x", **fields}) | comments


def university_form(page: UniversityPage, intro: str, **fields: object) -> dict[str, object]:
    return page_form(title=page.title, slug=page.slug, intro=rich_text(intro), **fields)
