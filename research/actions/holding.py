"""Before a project changes: its page is held, and who changes it may."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.models import User
from portal.refusal import Refusal
from research.access import leads, may_publish
from research.models import Project, ProjectPage


class UnableToChange(Refusal):
    @classmethod
    def published(cls, project: Project) -> UnableToChange:
        return cls(
            _(
                "This project was published while you wrote. Save once more: the moderator of %(university)s"
                " reads a new title, summary or text first, all else everyone sees at once."
            )
            % {"university": project.lead}
        )


def lock_page(project: Project) -> ProjectPage:
    """The page as it was written first; its translations keep their own words."""
    pages = ProjectPage.objects.select_for_update(no_key=True).filter(project=project)
    return pages.order_by("pk")[:1].get()


def hold_project(project: Project, *, by: User | None, was_live: bool | None) -> tuple[Project, ProjectPage]:
    """The project and its page as they are now, held to the end of the transaction.

    `was_live` is what `by` saw when they began to write, None where it does not matter; nobody (`by=None`) is
    the portal itself. A draft that waits for its moderator is taken back: what they read must be what is
    there.
    """
    page = lock_page(project)
    current = Project.objects.select_related("lead").get(pk=project.pk)
    if by is None:
        return current, page
    if not leads(by, current):
        raise UnableToChange(_("You do not lead this project any more."))
    if not may_publish(by, current):
        if page.live and was_live is False:
            raise UnableToChange.published(current)
        if not page.live:
            stop_waiting(page, by)
    return current, page


def stop_waiting(page: ProjectPage, by: User) -> bool:
    """Whether the page was with its moderator."""
    state = page.current_workflow_state
    if state is None or state.status != state.STATUS_IN_PROGRESS:
        return False
    state.cancel(user=by)
    return True
