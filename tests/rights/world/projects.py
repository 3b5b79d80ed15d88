from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from research.actions.decisions import record_decision
from research.actions.files import keep_file
from research.actions.milestones import add_milestone
from research.actions.projects import propose_project
from research.call_links import make_extension_link
from research.enums import ProjectStatus, Visibility
from research.models import Call, Interest, Project, ResearcherProfile, SavedSearch, Suggestion
from tests.factories import UserFactory
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
    add_call(side, live)
    add_space(side, live)
    search = SavedSearch.objects.create(person=side.people["researcher"], name="Rowing", query="sport=ROW")
    side.objects["search"] = {"pk": search.pk}
    side.objects["project"] = {"pk": draft.pk}
    side.objects["live_project"] = {"pk": live.pk}
    side.objects["project_page"] = address_of(draft.page)
    side.objects["live_project_path"] = path_of(live.page)
    side.objects["project_path"] = path_of(draft.page)


def add_call(side: Side, project: Project) -> None:
    """An open call of the published project, an answer to it, and the link that extends it."""
    until = timezone.now().date() + timedelta(days=60)
    call = Call.objects.create(project=project, title="Samples", text="Samples.", until=until, places=3)
    text = secret("interest", side.place)
    interest = Interest.objects.create(call=call, person=UserFactory(), text=text)
    link = make_extension_link(call, side.people["researcher"])
    profile = ResearcherProfile.objects.create(
        person=UserFactory(), key=f"suggested{project.pk}", name="Somebody", visibility=Visibility.EVERYONE
    )
    suggestion = Suggestion.objects.create(source=project, profile=profile, score=500)
    side.objects["suggestion"] = {"pk": suggestion.pk}
    side.objects["call"] = {"pk": call.pk}
    side.objects["interest"] = {"pk": interest.pk}
    side.objects["extension"] = {"token": link.rstrip("/").rpartition("/")[2]}


def add_space(side: Side, project: Project) -> None:
    """A milestone, a decision and a file, each of which tells the secret."""
    told, now, by = secret("space", side.place), timezone.now(), side.people["researcher"]
    milestone = add_milestone(project=project, title=told, starts_on=None, due_on=now.date(), now=now)
    record_decision(project=project, text=told, taken_on=now.date(), by=by, now=now)
    upload = SimpleUploadedFile(f"{told}.txt", told.encode())
    file = keep_file(project=project, file=upload, by=by)
    side.objects["milestone"] = {"pk": milestone.pk}
    side.objects["project_file"] = {"pk": file.pk}
    side.objects["project_file_path"] = {"args": [file.pk, file.filename]}
