"""From a draft to the public and back: sending, taking back, giving back, publishing."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from portal.models import OutboxMessage
from research.actions.moderation import (
    UnableToDecide,
    UnableToSend,
    approve_project,
    return_project,
    send_project,
    take_back_project,
)
from research.models import Project, ProjectPage
from research.queries.moderation import standing_of

from .test_project_actions import change

pytestmark = pytest.mark.django_db


def send(project: Project, by, *, consent: bool = True) -> None:
    send_project(project=project, consent=consent, by=by, now=timezone.now())


def mails() -> list[tuple[str, str]]:
    return list(OutboxMessage.objects.order_by("pk").values_list("recipient", "subject"))


def text_of_mail() -> str:
    mail = OutboxMessage.objects.order_by("-pk")[0]
    return message_from_bytes(bytes(mail.mime), policy=policy.SMTP).get_body(("plain",)).get_content()


def test_what_is_sent_waits_for_the_coordinator_who_is_told_once(researcher, coordinator, project_of):
    project = project_of(title="Sleep")
    send(project, researcher)

    assert standing_of(project).sent
    assert TaskState.objects.filter(task__groupapprovaltask__groups__user=coordinator).count() == 1
    assert mails() == [("coordinator@example.org", "A project waits for you: Sleep")]
    assert f"http://portal.test/research/projects/{project.pk}/review/" in text_of_mail()
    with pytest.raises(UnableToSend, match="already"):
        send(project, researcher)


def test_what_is_approved_is_public_and_its_author_is_told(researcher, coordinator, project_of):
    project = project_of(title="Sleep")
    send(project, researcher)
    approve_project(project=project, by=coordinator)

    page = ProjectPage.objects.get()
    assert (page.live, standing_of(Project.objects.get()).waiting) == (True, False)
    assert mails()[1:] == [("researcher@example.org", "Your project is public: Sleep")]


def test_what_is_given_back_says_why_and_can_be_sent_again(client, researcher, coordinator, project_of):
    project = project_of(title="Sleep")
    send(project, researcher)
    with pytest.raises(UnableToDecide, match="what should be changed"):
        return_project(project=project, comment=" ", by=coordinator)
    return_project(project=project, comment="Who are the rowers?", by=coordinator)

    assert mails()[1:] == [("researcher@example.org", "Please change something: Sleep")]
    assert "Who are the rowers?" in text_of_mail()
    client.force_login(researcher)
    for url in ("research:project_edit", "research:project_section"):
        args = [project.pk] + (["facts"] if url.endswith("section") else [])
        assert "Who are the rowers?" in client.get(reverse(url, args=args)).text

    change(Project.objects.get(), summary="We follow rowers of Pinsk.", by=researcher)
    send(project, researcher)
    assert [one for one, _subject in mails()].count("coordinator@example.org") == 2
    approve_project(project=project, by=coordinator)
    assert ProjectPage.objects.get().live


def test_a_change_takes_a_draft_back_and_a_moderator_decides_nothing_unseen(
    researcher, coordinator, project_of
):
    project = project_of(title="Sleep")
    send(project, researcher)
    change(project, title="Something else", by=researcher)

    assert not standing_of(project).sent
    with pytest.raises(UnableToDecide, match="not waiting any more"):
        approve_project(project=project, by=coordinator)
    assert not ProjectPage.objects.get().live


def test_a_moderator_corrects_without_taking_it_back(researcher, coordinator, project_of):
    project = project_of(title="Sleep")
    send(project, researcher)
    change(project, title="Sleep of rowers", by=coordinator)
    approve_project(project=project, by=coordinator)
    assert Project.objects.get().title == ProjectPage.objects.get().title == "Sleep of rowers"


def test_new_words_of_a_published_project_go_the_same_way(researcher, coordinator, project_of):
    project = project_of(title="Sleep", published=True)
    with pytest.raises(UnableToSend, match="nothing to send"):
        send(project, researcher)
    change(project, title="Sleep in winter", by=researcher)
    send(Project.objects.get(), researcher)
    approve_project(project=Project.objects.get(), by=coordinator)
    assert Project.objects.get().title == "Sleep in winter"


def test_nothing_is_sent_without_consent_or_words(researcher, project_of):
    project = project_of()
    with pytest.raises(UnableToSend, match="agree"):
        send(project, researcher, consent=False)
    change(project, summary="", by=researcher)
    with pytest.raises(UnableToSend, match="Fill in first: summary"):
        send(project, researcher)


def test_it_is_taken_back_once(researcher, project_of):
    project = project_of()
    send(project, researcher)
    take_back_project(project=project, by=researcher)
    with pytest.raises(UnableToSend, match="not with the moderator"):
        take_back_project(project=project, by=researcher)


def test_a_researcher_does_not_approve_their_own(researcher, project_of):
    project = project_of()
    send(project, researcher)
    with pytest.raises(UnableToDecide):
        approve_project(project=project, by=researcher)
    assert not ProjectPage.objects.get().live


def test_before_sending_all_that_becomes_public_is_shown(client, researcher, project_of):
    project = project_of(title="Sleep")
    project.members.create(name="Olga Hidden", shown=False)
    project.members.create(name="Pavel Shown", orcid="0000-0002-1825-0097")
    project.members.create(name="Left Long Ago", left_at=timezone.now())
    client.force_login(researcher)
    url = reverse("research:project_send", args=[project.pk])
    html = client.get(url).text
    assert "Pavel Shown" in html
    assert "0000-0002-1825-0097" in html
    assert "We follow rowers." in html
    assert "Olga Hidden" not in html
    assert "Left Long Ago" not in html
    assert "researcher@example.org" not in html.split("<main")[1]

    again = client.post(url, {})
    assert "Say that you agree to what becomes public." in again.text
    assert client.post(url, {"consent": "on"}).status_code == 302
    assert standing_of(project).sent


def test_the_moderator_decides_in_the_portal(client, researcher, coordinator, project_of):
    project = project_of(title="Sleep")
    send(project, researcher)
    client.force_login(coordinator)
    url = reverse("research:project_review", args=[project.pk])
    assert url in client.get(reverse("research:mine")).text
    assert "We follow rowers." in client.get(url).text
    assert "Write what should be changed" in client.post(url, {"return": "1", "comment": ""}).text
    assert client.post(url, {"publish": "1"}).status_code == 302
    assert ProjectPage.objects.get().live


def test_what_the_cms_decides_counts_the_same(researcher, coordinator, project_of):
    project = project_of(title="Sleep")
    send(project, researcher)
    task = project.page.current_workflow_task_state
    task.task.specific.on_action(task, coordinator, "reject", comment="Too short.")
    assert mails() == [
        ("coordinator@example.org", "A project waits for you: Sleep"),
        ("researcher@example.org", "Please change something: Sleep"),
    ]
