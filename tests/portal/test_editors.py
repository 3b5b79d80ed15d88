"""Coordinators appoint and dismiss the editors of their own university, and of no other."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from portal.actions import editors
from portal.actions.editors import UnableToDismissEditor, appoint_editor, dismiss_editor
from portal.actions.universities import UnableToAppoint, appoint, join_university
from portal.enums import MailState, UniversityRole
from portal.models import OutboxMessage, University, User
from portal.queries.people import editors_of
from tests.factories import UniversityFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
ANN = "ann@example.org"


@pytest.fixture
def university() -> University:
    return member("Polessky State University")


@pytest.fixture
def coordinator(university) -> User:
    return coordinator_of(university)


def member(name: str) -> University:
    university = UniversityFactory(name=name)
    join_university(university=university, now=NOW)
    return university


def coordinator_of(university: University) -> User:
    person = UserFactory()
    appoint(user=person, university=university, role=UniversityRole.COORDINATOR)
    return person


def mail_to(address: str, kind: str) -> str:
    row = OutboxMessage.objects.filter(recipient=address, kind=kind).latest("pk")
    return message_from_bytes(bytes(row.mime), policy=policy.SMTP).get_body(("plain",)).get_content()


def test_a_newcomer_gets_an_account_a_role_and_a_link(university, coordinator):
    ann = appoint_editor(university=university, email=" Ann@Example.org ", by=coordinator, now=NOW)
    assert (ann.email, ann.has_usable_password()) == (ANN, False)
    assert list(editors_of(university)) == [ann]
    assert User.objects.get(email=ANN).time_zone == university.time_zone
    assert re.search(r"/password/reset/key/.+next=%2Fcms%2F", mail_to(ANN, "editor_appointed"))


def test_who_has_an_account_is_led_to_the_cms_and_may_open_it(university, coordinator, client):
    ann = UserFactory(email=ANN)
    appoint_editor(university=university, email=ANN, by=coordinator, now=NOW)
    told = mail_to(ANN, "editor_appointed")
    assert "/cms/" in told
    assert "password" not in told
    client.force_login(ann)
    assert client.get("/cms/").status_code == 200


def test_a_lost_link_is_sent_again_once_a_day(university, coordinator):
    for days in (0, 0, 1):
        appoint_editor(university=university, email=ANN, by=coordinator, now=NOW + timedelta(days=days))
    assert OutboxMessage.objects.filter(kind="editor_appointed").count() == 2
    assert editors_of(university).count() == 1


@pytest.mark.parametrize("role", [UniversityRole.EDITOR, UniversityRole.COORDINATOR])
def test_who_may_write_already_is_not_appointed(university, coordinator, role):
    appoint(user=UserFactory(email=ANN), university=university, role=role)
    with pytest.raises(UnableToAppoint, match="already"):
        appoint_editor(university=university, email=ANN, by=coordinator, now=NOW)
    assert not OutboxMessage.objects.exists()


def test_a_closed_account_is_not_appointed(university, coordinator):
    UserFactory(email=ANN, is_active=False)
    with pytest.raises(UnableToAppoint, match="closed"):
        appoint_editor(university=university, email=ANN, by=coordinator, now=NOW)


def test_a_university_has_only_so_many_editors(university, coordinator, monkeypatch):
    monkeypatch.setattr(editors, "MOST_EDITORS", 1)
    appoint_editor(university=university, email=ANN, by=coordinator, now=NOW)
    with pytest.raises(UnableToAppoint, match="1 editor at most"):
        appoint_editor(university=university, email="boris@example.org", by=coordinator, now=NOW)
    assert list(editors_of(university).values_list("email", flat=True)) == [ANN]


def test_the_dismissed_may_not_open_the_cms_and_are_told(university, coordinator, client):
    ann = appoint_editor(university=university, email=ANN, by=coordinator, now=NOW)
    dismiss_editor(university=university, person=ann, by=coordinator, now=NOW)
    assert not editors_of(university).exists()
    assert OutboxMessage.objects.get(kind="editor_appointed").state == MailState.CANCELLED
    assert university.name in mail_to(ANN, "editor_dismissed")
    client.force_login(ann)
    assert client.get("/cms/").status_code == 302
    with pytest.raises(UnableToDismissEditor):
        dismiss_editor(university=university, person=ann, by=coordinator, now=NOW)


def test_a_role_elsewhere_stays(university, coordinator):
    other = member("University of Tartu")
    ann = UserFactory(email=ANN)
    for one in (university, other):
        appoint(user=ann, university=one, role=UniversityRole.EDITOR)
    dismiss_editor(university=university, person=ann, by=coordinator, now=NOW)
    assert list(editors_of(other)) == [ann]


def test_both_are_written_down(university, coordinator):
    ann = appoint_editor(university=university, email=ANN, by=coordinator, now=NOW)
    dismiss_editor(university=university, person=ann, by=coordinator, now=NOW)
    entries = ModelLogEntry.objects.filter(object_id=str(university.pk), user=coordinator)
    assert [(entry.action, entry.data["person"]) for entry in entries.order_by("pk")] == [
        ("portal.appoint", ann.pk),
        ("portal.dismiss_editor", ann.pk),
    ]


def test_the_history_says_who_appointed_and_removed_whom(university, coordinator, client):
    ann = appoint_editor(university=university, email=ANN, by=coordinator, now=NOW)
    dismiss_editor(university=university, person=ann, by=coordinator, now=NOW)
    client.force_login(coordinator)
    history = f"/cms/universities/history/{university.pk}/"
    shown = client.get(history).text
    assert f"Role given: Editors, {ANN}" in shown
    assert f"Editor removed: {ANN}" in shown
    ann.delete()
    assert "Editor removed" in client.get(history).text


def test_a_coordinator_appoints_and_removes_on_the_page(university, coordinator, client):
    client.force_login(coordinator)
    page = client.get("/editors/")["Location"]
    assert page == f"/editors/{university.pk}/"
    shown = client.post(page, {"email": ANN}, follow=True).text
    assert "may now write the pages" in shown
    assert "has not signed in yet" in shown
    ann = User.objects.get(email=ANN)
    remove = reverse("editor_remove", args=[university.pk, ann.pk])
    assert f'href="{remove}"' in shown
    assert "is told by mail" in client.get(remove).text
    assert "no longer writes the pages" in client.post(remove, follow=True).text
    assert not editors_of(university).exists()


def test_a_refused_address_stays_in_the_form(university, coordinator, client):
    appoint(user=UserFactory(email=ANN), university=university, role=UniversityRole.EDITOR)
    client.force_login(coordinator)
    shown = client.post(f"/editors/{university.pk}/", {"email": ANN}).text
    assert f'value="{ANN}"' in shown
    assert "is an editor already" in shown


@pytest.mark.parametrize("role", [UniversityRole.EDITOR, UniversityRole.RESEARCHER])
def test_only_coordinators_come_to_the_page(university, client, role):
    person = UserFactory()
    appoint(user=person, university=university, role=role)
    client.force_login(person)
    assert client.get("/editors/").status_code == 404
    assert client.post(f"/editors/{university.pk}/", {"email": ANN}).status_code == 404


def test_nobody_is_appointed_at_another_university(university, coordinator, client):
    other = member("University of Tartu")
    theirs = appoint_editor(university=other, email=ANN, by=coordinator_of(other), now=NOW)
    client.force_login(coordinator)
    assert client.post(f"/editors/{other.pk}/", {"email": "boris@example.org"}).status_code == 404
    for pk in (other.pk, university.pk):
        assert client.post(reverse("editor_remove", args=[pk, theirs.pk])).status_code == 404
    assert list(editors_of(other)) == [theirs]


def test_the_menu_of_the_cms_leads_coordinators_there_and_editors_not(university, coordinator, client):
    editor = UserFactory(email=ANN)
    appoint(user=editor, university=university, role=UniversityRole.EDITOR)
    for person, there in ((coordinator, True), (editor, False)):
        client.force_login(person)
        assert ("/editors/" in client.get("/cms/").text) == there


def test_the_list_costs_the_same_queries_however_long(
    university, coordinator, client, django_assert_max_num_queries
):
    client.force_login(coordinator)
    for number in range(12):
        appoint_editor(university=university, email=f"e{number}@example.org", by=coordinator, now=NOW)
    client.get(f"/editors/{university.pk}/")
    with django_assert_max_num_queries(12):
        assert client.get(f"/editors/{university.pk}/").text.count("has not signed in yet") == 12
