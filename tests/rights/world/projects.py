from __future__ import annotations

from django.utils import timezone

from research.actions.projects import propose_project
from research.enums import ProjectStatus
from tests.rights.secrets import secret

from .pages import address_of, path_of
from .sides import Side


def add_project(side: Side) -> None:
    """A draft, and one that is published."""
    facts = {"lead": side.university, "by": side.people["researcher"], "partners": (), "now": timezone.now()}
    name = secret("project", side.place)
    draft = propose_project(title=name, summary=name, status=ProjectStatus.IDEA, **facts)
    live = propose_project(title="Sleep", summary="We follow rowers.", status=ProjectStatus.SEEKING, **facts)
    live.page.get_latest_revision().publish()
    side.objects["project"] = {"pk": draft.pk}
    side.objects["live_project"] = {"pk": live.pk}
    side.objects["project_page"] = address_of(draft.page)
    side.objects["live_project_path"] = path_of(live.page)
    side.objects["project_path"] = path_of(draft.page)
