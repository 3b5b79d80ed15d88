"""A coordinator in the CMS with addresses of another university's things: nothing told, nothing changed."""

from __future__ import annotations

import pytest
from django.http import HttpResponseBase
from django.test import Client
from wagtail.models import Page, Site

from tests.factories import UserFactory

from .cms_routes import cms_routes
from .tenants import SECRET, SOUGHT, Tenant, snapshot

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves a file open when it draws a thumbnail from a storage in memory.
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def strange_values(mine: Tenant, theirs: Tenant) -> dict[str, object]:
    """For each parameter of the CMS's routes, something of the other university."""
    return {
        **dict.fromkeys(("page_id", "pk", "page_to_move_id", "object_id"), theirs.draft.pk),
        **dict.fromkeys(("parent_page_id", "page_pk"), theirs.page.pk),
        "destination_id": mine.page.pk,
        "revision_id": theirs.revisions[-1].pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "app_label": "wagtailcore",
        "model_name": "page",
        "content_type_app_name": "portal",
        "content_type_model_name": "standardpage",
        "action": "delete",
        "action_name": "publish",
        "app_name": "wagtailimages",
        "wagtailadmin_pages app_label": "portal",
        "wagtailadmin_pages model_name": "standardpage",
        "collection_id": theirs.collection.pk,
        "wagtailadmin_collections pk": theirs.collection.pk,
        "image_id": theirs.image.pk,
        **dict.fromkeys(("images pk", "wagtailimages_chooser pk"), theirs.image.pk),
        **dict.fromkeys(("document_id", "doc_id"), theirs.document.pk),
        **dict.fromkeys(("documents pk", "wagtaildocs_chooser pk"), theirs.document.pk),
        "filter_spec": "width-100",
        "wagtailusers_users pk": theirs.coordinator.pk,
        "wagtailusers_groups pk": theirs.coordinator.groups.get().pk,
        "wagtailsites pk": Site.objects.get().pk,
        **dict.fromkeys(("session_id", "task_state_id", "task_id", "workflow_state_id", "workflow_pk"), 1),
        **dict.fromkeys(("redirect_id", "uploaded_file_id"), 1),
        "uidb64": "MQ",
        "token": "x",
    }


def queries(theirs: Tenant) -> dict[str, object]:
    ids = [theirs.page.pk, theirs.draft.pk, theirs.image.pk, theirs.document.pk]
    return {
        "q": SOUGHT,
        "term": SOUGHT,
        "id": ids,
        "html_path": theirs.page.url,
        # Wagtail offers to turn an address on the own site into a link to that page.
        "external-link-chooser-url": theirs.page.full_url,
    }


def told(response: HttpResponseBase) -> str:
    """The body, the headers, and the cookies, in which messages wait for the next page."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode(errors="replace") + str(response.headers) + str(response.cookies)


def test_no_address_of_the_cms_tells_or_changes_what_is_anothers(mine: Tenant, theirs: Tenant):
    before = snapshot(theirs)
    values, data = strange_values(mine, theirs), queries(theirs)
    faults = []
    for route in cms_routes():
        path = route.filled(values)
        client = Client()
        client.force_login(mine.coordinator)
        faults += [
            f"{answer.request['REQUEST_METHOD']} {path}: {answer.status_code}, {told(answer)}"
            for answer in (client.get(path, data), client.post(path, data))
            if answer.status_code >= 500 or SECRET in told(answer)
        ]
        if snapshot(theirs) != before:
            faults.append(f"{path} has changed something")
            before = snapshot(theirs)
    assert faults == []


def test_a_portal_administrator_is_told_the_secret(theirs: Tenant):
    """Or else the walk above would prove nothing."""
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    page = theirs.draft.pk
    for path in (f"/cms/pages/{page}/edit/", "/cms/images/", "/cms/reports/page-types-usage/"):
        assert SECRET in told(client.get(path))


def test_another_universitys_pages_answer_with_404(coordinator: Client, theirs: Tenant):
    for name in ("edit", "delete", "move", "copy", "unpublish", "history", "view_draft", "usage", "privacy"):
        assert coordinator.get(f"/cms/pages/{theirs.draft.pk}/{name}/").status_code == 404
    assert coordinator.get(f"/cms/pages/{theirs.page.pk}/").status_code == 404
    assert coordinator.get(f"/cms/pages/add/portal/standardpage/{theirs.page.pk}/").status_code == 404


@pytest.mark.parametrize("action", ["delete", "publish", "unpublish", "move"])
def test_actions_in_bulk_leave_another_universitys_pages_alone(coordinator, theirs, mine, action):
    before = snapshot(theirs)
    path = f"/cms/bulk/wagtailcore/page/{action}/?id={theirs.draft.pk}&id={theirs.page.pk}"
    coordinator.get(path)
    coordinator.post(path, {"chooser": mine.page.pk, "include_descendants": "on"})
    assert snapshot(theirs) == before


@pytest.mark.parametrize(("kind", "action"), [("image", "delete"), ("image", "add_to_collection")])
def test_actions_in_bulk_leave_another_universitys_files_alone(coordinator, theirs, mine, kind, action):
    before = snapshot(theirs)
    path = f"/cms/bulk/wagtailimages/{kind}/{action}/?id={theirs.image.pk}"
    assert coordinator.get(path).status_code == 404
    assert coordinator.post(path, {"collection": mine.collection.pk}).status_code == 404
    assert snapshot(theirs) == before


def test_own_pages_do_not_move_or_copy_into_another_university(coordinator, mine, theirs):
    before = snapshot(theirs)
    there = theirs.page.pk
    assert coordinator.post(f"/cms/pages/{mine.draft.pk}/move/{there}/confirm/").status_code == 404
    coordinator.post(
        f"/cms/pages/{mine.draft.pk}/copy/", {"new_title": "x", "new_slug": "x", "new_parent_page": there}
    )
    assert snapshot(theirs) == before


def test_own_page_does_not_show_another_pages_revision(coordinator, mine, theirs):
    other = theirs.revisions[0].pk
    for path in (
        f"revisions/{other}/view/",
        f"revisions/{other}/revert/",
        f"revisions/compare/{other}...{other}/",
    ):
        response = coordinator.get(f"/cms/pages/{mine.page.pk}/{path}")
        assert response.status_code == 404
        assert SECRET not in told(response)


def test_no_file_goes_into_another_universitys_collection(coordinator, mine, theirs):
    before = snapshot(theirs)
    form = {"title": "x", "collection": theirs.collection.pk, "tags": ""}
    coordinator.post(f"/cms/images/{mine.image.pk}/", form)
    coordinator.post(f"/cms/documents/edit/{mine.document.pk}/", form)
    mine.image.refresh_from_db()
    assert mine.image.collection == mine.collection
    assert snapshot(theirs) == before


def test_the_explorer_shows_the_own_subtree(coordinator, mine, theirs):
    listed = coordinator.get("/cms/api/main/pages/?fields=_,id&limit=20").json()["items"]
    seen = set(Page.objects.filter(pk__in=[item["id"] for item in listed]).values_list("pk", flat=True))
    own = set(Page.objects.descendant_of(mine.page, inclusive=True).values_list("pk", flat=True))
    above = set(mine.page.get_ancestors().values_list("pk", flat=True))
    assert own <= seen <= own | above
