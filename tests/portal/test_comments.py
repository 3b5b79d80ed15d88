"""Comments beside the fields of a page: written by one, read and answered by the other, told by mail."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Comment

from .cms_forms import university_form
from .tenants import Tenant

pytestmark = pytest.mark.django_db

WORDS = "Is this still the right year?"


def comments(*rows: dict[str, object], there: int = 0) -> dict[str, object]:
    counts = {"comments-TOTAL_FORMS": len(rows), "comments-INITIAL_FORMS": there}
    return counts | {
        f"comments-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()
    }


def save(client: Client, tenant: Tenant, *rows: dict[str, object], there: int = 0) -> None:
    form = university_form(tenant.page, "<p>We row.</p>") | comments(*rows, there=there)
    form |= {"comment_notifications": "on"}
    assert client.post(f"/cms/pages/{tenant.page.pk}/edit/", form).status_code in (200, 302)


def comment_of(editor: Client, mine: Tenant) -> Comment:
    fields = {"text": WORDS, "contentpath": "intro", "position": "", "id": "", "resolved": "", "deleted": ""}
    save(editor, mine, fields | {"replies-TOTAL_FORMS": 0, "replies-INITIAL_FORMS": 0})
    return Comment.objects.get(page=mine.page, text=WORDS)


def test_an_editor_comments_on_a_field_and_the_coordinator_reads_it(
    editor: Client, coordinator: Client, mine: Tenant
):
    comment = comment_of(editor, mine)
    assert (comment.user, comment.contentpath, comment.text) == (mine.editor, "intro", WORDS)
    assert WORDS in coordinator.get(f"/cms/pages/{mine.page.pk}/edit/").content.decode()


def test_visitors_do_not_read_it(editor: Client, mine: Tenant):
    comment_of(editor, mine)
    assert WORDS not in Client().get(mine.page.url).content.decode()
