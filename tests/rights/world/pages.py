"""Pages of a university: live ones with a draft behind them, drafts, one in a workflow, one locked."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import Comment, Page, PageViewRestriction
from wagtail.search import index

from exchange.actions.clubs import found_club
from portal.actions.workflows import give_workflow
from portal.models import StandardPage, UniversityIndexPage, User
from tests.rights.secrets import secret

from .sides import Side, staff_groups


def add_pages(side: Side) -> None:
    club = found_club(university=side.university, name=f"Rowing club of {side.place}", now=timezone.now())
    side.objects["club"] = {"pk": club.pk}
    _change_unpublished(side)
    draft = _draft(side, title=secret("draft", side.place))
    asked = _in_workflow(side, draft) | {"destination_id": side.page.pk}
    pages = {"page": side.page, "draft": draft, "live": _live(side), "club_page": club.page}
    for name, page in (pages | {"locked": _locked(side)}).items():
        side.objects[name] = address_of(page) | asked
    for name, page in (pages | {"members": _members(side)}).items():
        side.objects[f"{name}_path"] = path_of(page)
    side.objects["session"] = {"session_id": _session(draft, side.people["editor"]).pk}


def add_mixtures(home: Side, away: Side) -> None:
    """Addresses that name a page of the home university together with something of the other."""
    for side in (home, away):
        page, draft = home.objects["page"], home.objects["draft"]
        theirs = side.objects["page"]["revision_id"]
        side.objects["across"] = draft | {"destination_id": side.page.pk}
        side.objects["stolen_editor"] = side.objects["editor"] | home.objects["university"]
        side.objects["stolen_revision"] = page | {"revision_id": theirs}
        side.objects["stolen_compare"] = page | {"revision_id_a": theirs}
        side.objects["stolen_task"] = draft | {"task_state_id": side.objects["draft"]["task_state_id"]}
        side.objects["stolen_workflow_state"] = draft | {
            "workflow_state_id": side.objects["draft"]["workflow_state_id"]
        }


def list_page() -> dict[str, object]:
    return address_of(UniversityIndexPage.objects.get())


def path_of(page: Page) -> dict[str, object]:
    """Where visitors would find it, drafts too."""
    return {"args": [page.get_url().split("/", 2)[2]]}


def address_of(page: Page) -> dict[str, object]:
    names = ("pk", "page_id", "parent_page_id", "page_to_move_id", "object_id")
    return dict.fromkeys(names, page.pk) | {"revision_id": page.latest_revision_id}


def _draft(side: Side, *, title: str, **facts: object) -> StandardPage:
    editor = side.people["editor"]
    page = StandardPage(title=title, lead=title, live=False, owner=editor, **facts)
    side.page.add_child(instance=page)
    page.save_revision(user=editor, log_action=True)
    Comment.objects.create(
        page=page, user=side.people["staff"], text=secret("comment", side.place), contentpath="title"
    )
    index.insert_or_update_object(page)
    return page


def _locked(side: Side) -> StandardPage:
    return _draft(
        side,
        title=f"{secret('draft', side.place)} locked",
        locked=True,
        locked_by=side.people["staff"],
        locked_at=timezone.now(),
    )


def _live(side: Side) -> StandardPage:
    return _published(side, StandardPage(title="How to find us", slug="how-to-find-us", lead="By bus."))


def _members(side: Side) -> StandardPage:
    """Live, but for the university's own staff alone."""
    page = _published(side, StandardPage(title=secret("members", side.place)))
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.set(staff_groups(side))
    side.objects["members"] = {"page_id": page.pk, "page_view_restriction_id": restriction.pk}
    return page


def _published(side: Side, page: StandardPage) -> StandardPage:
    side.page.add_child(instance=page)
    page.save_revision(user=side.people["editor"]).publish()
    index.insert_or_update_object(page)
    return StandardPage.objects.get(pk=page.pk)


def _change_unpublished(side: Side) -> None:
    side.page.intro = f"<p>{secret('draft', side.place)}</p>"
    side.page.save_revision(user=side.people["editor"], log_action=True)


def _in_workflow(side: Side, draft: StandardPage) -> dict[str, object]:
    """Waits for the coordinators; returns what addresses of workflows and of revisions name besides."""
    workflow = give_workflow(university=side.university)
    task = workflow.tasks.get()
    for one in (workflow, task):
        one.name = secret("task", side.place)
        one.save(update_fields=["name"])
    state = workflow.start(draft, side.people["editor"])
    side.objects["workflow"] = {"pk": workflow.pk, "page_pk": side.page.pk, "workflow_pk": workflow.pk}
    side.objects["task"] = {"pk": task.pk, "task_id": task.pk}
    ids = {"task_id": task.pk, "task_state_id": state.current_task_state.pk, "workflow_state_id": state.pk}
    return ids | {"revision_id_a": "earliest", "revision_id_b": "latest"}


def _session(page: Page, person: User) -> EditingSession:
    kind = ContentType.objects.get_for_model(page)
    return EditingSession.objects.create(
        user=person, content_type=kind, object_id=page.pk, last_seen_at=timezone.now()
    )
