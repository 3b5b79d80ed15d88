"""What is done to many rows at once in the CMS: each by its own rules, each written into its history."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, ModelLogEntry, Page, Workflow, WorkflowPage

from exchange.actions.clubs import appoint_officer, found_club
from exchange.actions.requests import withdraw_request
from exchange.models import FixtureRequest
from portal.actions.translations import translate_page
from portal.actions.universities import appoint, join_university
from portal.diary import write_down
from portal.enums import UniversityRole
from portal.models import Event, SearchEntry, University, UniversityPage, User
from portal.tasks import index_search
from tests.factories import EventFactory, FixtureRequestFactory, UniversityFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def university() -> University:
    university = UniversityFactory()
    join_university(university=university, now=NOW)
    return university


@pytest.fixture
def coordinator(university) -> User:
    person = UserFactory()
    appoint(user=person, university=university, role=UniversityRole.COORDINATOR)
    return person


def address(model: str, action: str, *rows: FixtureRequest | Event) -> str:
    asked = "&".join(f"id={row.pk}" for row in rows)
    return f"/cms/bulk/{model}/{action}/?{asked}&next=/cms/"


def actions_on(row: object) -> list[str]:
    return list(
        ModelLogEntry.objects.for_instance(row).order_by("timestamp", "pk").values_list("action", flat=True)
    )


def test_many_requests_are_withdrawn_with_a_reason_and_faults_are_told(client, university, coordinator):
    mine = [FixtureRequestFactory(team__club__university=university) for _one in range(3)]
    theirs = FixtureRequestFactory()
    withdraw_request(request=mine[2], by=coordinator, now=NOW)
    client.force_login(coordinator)
    assert client.get(address("exchange/fixturerequest", "withdraw", *mine, theirs)).status_code == 404
    where = address("exchange/fixturerequest", "withdraw", *mine)
    page = client.get(where).content.decode()
    assert str(mine[0].team) in page
    page = client.post(where, {"reason": "The hall burnt down"}, follow=True).content.decode()
    assert "2 rows done." in page
    assert f"{mine[2]}: This request is already withdrawn." in page
    states = dict(FixtureRequest.objects.values_list("pk", "state"))
    assert [states[row.pk] for row in (*mine, theirs)] == ["withdrawn", "withdrawn", "withdrawn", "open"]
    history = client.get(f"/cms/requests/history/{mine[0].pk}/").content.decode()
    assert "The hall burnt down" in history
    assert actions_on(mine[0]) == ["exchange.withdraw_request"]
    client.post(address("exchange/fixturerequest", "reopen", mine[0]))
    assert actions_on(mine[0]) == ["exchange.withdraw_request", "exchange.reopen_request"]


def test_events_are_hidden_and_shown(client, university, coordinator):
    mine, theirs = EventFactory(host=university), EventFactory()
    client.force_login(coordinator)
    assert client.post(address("portal/event", "hide", mine, theirs)).status_code == 404
    client.post(address("portal/event", "hide", mine))
    assert dict(Event.objects.values_list("pk", "public")) == {mine.pk: False, theirs.pk: True}
    assert not SearchEntry.objects.filter(kind="event", object_id=mine.pk).exists()
    page = client.post(address("portal/event", "hide", mine), follow=True).content.decode()
    assert "This event is hidden already." in page
    client.post(address("portal/event", "show", mine))
    assert actions_on(mine) == ["portal.hide_event", "portal.show_event"]


def test_lists_offer_what_can_be_done(client, university, coordinator):
    FixtureRequestFactory(team__club__university=university)
    client.force_login(coordinator)
    page = client.get("/cms/requests/").content.decode()
    assert "/cms/bulk/exchange/fixturerequest/withdraw/" in page
    assert "bulk-action-checkbox" in page
    assert "bulk-action-checkbox" not in client.get("/cms/clubs/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_question_costs_the_same(client, university, coordinator, count, django_assert_max_num_queries):
    rows = [FixtureRequestFactory(team__club__university=university) for _one in range(count)]
    client.force_login(coordinator)
    client.get(address("exchange/fixturerequest", "withdraw", *rows))
    with django_assert_max_num_queries(16):
        client.get(address("exchange/fixturerequest", "withdraw", *rows))


def test_a_history_says_who_founded_a_club_and_whom_it_appointed(university, coordinator):
    club = found_club(university=university, name="Rowers", by=coordinator, now=NOW)
    appoint_officer(club=club, email="ann@example.org", by=coordinator, now=NOW)
    assert actions_on(club) == ["exchange.found_club", "exchange.appoint_officer"]
    assert set(ModelLogEntry.objects.for_instance(club).values_list("user", flat=True)) == {coordinator.pk}


def test_only_what_has_a_name_is_written_down(university, django_assert_num_queries):
    with pytest.raises(LookupError):
        write_down("portal.nonsense", university, by=None)
    rows = UniversityFactory.create_batch(5)
    write_down("portal.join", university, by=None)
    with django_assert_num_queries(1):
        write_down("portal.join", *rows, by=None)


def test_a_translation_goes_by_the_workflow_of_its_university(university):
    # As of a university that joined before there were workflows.
    Workflow.objects.all().delete()
    page = university.pages.get()
    there = translate_page(page=page, language="ru")
    assert set(WorkflowPage.objects.values_list("page", flat=True)) == {page.pk, there.pk}


def test_universities_that_joined_before_get_a_workflow_when_the_database_moves(university):
    give = import_module("portal.migrations.0013_workflows_for_all").give_workflows
    Workflow.objects.all().delete()
    for _twice in range(2):
        give(apps, None)
        assert Workflow.objects.count() == 1
        page = university.pages.get()
        assert page.get_workflow() == Workflow.objects.get()
        assert page.get_workflow().tasks.get().specific.groups.get().university_role.university == university


def test_a_row_has_one_page_a_language(university):
    page = university.pages.get()
    other = UniversityPage(title="Once more", slug="once-more", university=university, locale=page.locale)
    with pytest.raises(ValidationError, match="already exists"), transaction.atomic():
        page.get_parent().add_child(instance=other)
    there = translate_page(page=page, language="be")
    assert there.translation_key == page.translation_key
    assert Page.objects.filter(translation_key=page.translation_key).count() == 2
    assert Locale.objects.filter(language_code="be").exists()


def test_a_university_renamed_in_bulk_is_found_after_a_night(university):
    University.objects.filter(pk=university.pk).update(city="Zubrowka")
    entry = SearchEntry.objects.filter(kind="university", text__contains="Zubrowka")
    assert not entry.exists()
    index_search()
    assert entry.exists()
