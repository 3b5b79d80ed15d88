"""The CMS as an office: workflow, publishing by the clock, mails, the dashboard, lists."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow

from portal.actions.universities import appoint, join_university
from portal.actions.workflows import give_workflow
from portal.enums import UniversityRole
from portal.models import OutboxMessage, StandardPage, University, User
from portal.tasks import publish_scheduled
from portal.waiting import waiting_for
from tests.factories import (
    ClubFactory,
    FixtureFactory,
    FixtureRequestFactory,
    TeamFactory,
    UniversityFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LISTS = ("clubs", "teams", "requests", "fixtures", "runs", "universities")


@pytest.fixture
def university() -> University:
    university = UniversityFactory(name="University of Minsk")
    join_university(university=university, now=NOW)
    return university


def person_of(university: University, role: UniversityRole) -> User:
    person = UserFactory()
    appoint(user=person, university=university, role=role)
    return person


@pytest.fixture
def coordinator(university) -> User:
    return person_of(university, UniversityRole.COORDINATOR)


@pytest.fixture
def editor(university) -> User:
    return person_of(university, UniversityRole.EDITOR)


def draft(university: University, owner: User) -> StandardPage:
    page = StandardPage(title="Our pool", live=False, owner=owner)
    university.page.add_child(instance=page) if hasattr(university, "page") else (
        university.pages.first().add_child(instance=page)
    )
    page.save_revision(user=owner)
    return page


def test_each_university_has_one_workflow(university):
    other = UniversityFactory()
    join_university(university=other, now=NOW)
    assert give_workflow(university=university) != give_workflow(university=other)
    assert give_workflow(university=university).tasks.count() == 1
    assert Workflow.objects.filter(active=True, workflow_pages__isnull=False).distinct().count() == 2


def test_editors_submit_coordinators_publish(client, settings, university, editor, coordinator):
    settings.EMAIL_BACKEND = "portal.outbox.backend.OutboxBackend"
    page = draft(university, editor)
    assert not page.permissions_for_user(editor).can_publish()
    assert page.permissions_for_user(editor).can_submit_for_moderation()
    page.get_workflow().start(page, editor)
    state = page.current_workflow_task_state
    assert state is not None
    assert [mail.recipient for mail in OutboxMessage.objects.filter(kind="cms")] == [coordinator.email]
    assert [one.count for one in waiting_for(coordinator, NOW)] == [1]
    assert waiting_for(editor, NOW) == []
    client.force_login(coordinator)
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    client.post(approve, {"comment": ""})
    page.refresh_from_db()
    assert page.live


def test_pages_are_published_and_taken_off_by_the_clock(university, coordinator, time_machine):
    page = draft(university, coordinator)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision(user=coordinator).publish(user=coordinator)
    publish_scheduled()
    assert not Page.objects.get(pk=page.pk).live
    time_machine.move_to(NOW + timedelta(hours=2))
    publish_scheduled()
    publish_scheduled()
    assert Page.objects.get(pk=page.pk).live
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    publish_scheduled()
    assert not Page.objects.get(pk=page.pk).live


def test_what_wagtail_sends_waits_in_the_outbox(settings):
    settings.EMAIL_BACKEND = "portal.outbox.backend.OutboxBackend"
    send_mail("Hello", "See https://example.org/ <b>", None, ["a@example.org", "b@example.org"])
    rows = OutboxMessage.objects.filter(kind="cms").order_by("pk")
    assert [row.recipient for row in rows] == ["a@example.org", "b@example.org"]
    assert b"&lt;b&gt;" in bytes(rows[0].mime)


def test_the_dashboard_greets_with_what_waits(client, university, coordinator):
    request = FixtureRequestFactory(team__club__university=university)
    FixtureFactory(host_request=request)
    client.force_login(coordinator)
    assert "1 invitation is unanswered" in client.get("/cms/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_what_waits_costs_the_same(university, coordinator, count, django_assert_num_queries):
    for _one in range(count):
        FixtureFactory(host_request=FixtureRequestFactory(team__club__university=university))
    person = User.objects.get(pk=coordinator.pk)
    with django_assert_num_queries(7):
        assert [one.count for one in waiting_for(person, NOW)] == [count]


def test_a_coordinator_sees_the_own_rows_alone(client, university, coordinator):
    mine = TeamFactory(club=ClubFactory(university=university, name="Club zzmine"), name="Team zzmine")
    theirs = TeamFactory(club__name="Club zztheirs", name="Team zztheirs")
    requests = [FixtureRequestFactory(team=team) for team in (mine, theirs)]
    client.force_login(coordinator)
    for name in ("clubs", "teams", "requests"):
        page = client.get(f"/cms/{name}/").content.decode()
        assert ("zzmine" in page, "zztheirs" in page) == (True, False), name
    assert client.get(f"/cms/requests/inspect/{requests[0].pk}/").status_code == 200
    for view in ("inspect", "history", "history-results"):
        assert client.get(f"/cms/requests/{view}/{requests[1].pk}/").status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_lists_open_for_administrators_and_coordinators_not_for_editors(
    client, name, university, coordinator, editor
):
    FixtureFactory(host_request=FixtureRequestFactory(team__club__university=university))
    for person in (UserFactory(is_superuser=True), coordinator):
        client.force_login(person)
        for query in ("", "?q=team", "?export=csv", "?export=xlsx"):
            assert client.get(f"/cms/{name}/{query}").status_code == 200, (person, query)
    client.force_login(editor)
    assert client.get(f"/cms/{name}/").status_code == 302


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_however_long(client, name, university, django_assert_max_num_queries):
    client.force_login(UserFactory(is_superuser=True))
    FixtureFactory()
    client.get(f"/cms/{name}/")
    for _one in range(20):
        FixtureFactory()
    with django_assert_max_num_queries(16):
        client.get(f"/cms/{name}/")


def test_a_name_like_a_formula_is_text_in_a_spreadsheet(client, university):
    ClubFactory(university=university, name="=HYPERLINK(1)")
    client.force_login(UserFactory(is_superuser=True))
    told = b"".join(client.get("/cms/clubs/?export=csv").streaming_content).decode()
    assert "'=HYPERLINK(1)" in [row[0] for row in csv.reader(told.splitlines())]
