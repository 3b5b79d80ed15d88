"""Searches that people keep, and the one mail a morning about what is new in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import count, islice
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.enums import Delivery
from portal.models import NoticeChoice, OutboxMessage, User
from research.actions.changes import note_change
from research.actions.saved_searches import MOST, UnableToSaveSearch, change_search, save_search
from research.actions.search_clocks import tell_saved_searches
from research.enums import Rhythm
from research.models import Call, Facet, Project, SavedSearch, ToldProject
from research.search_days import next_telling
from research.searching import read_search
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

MINSK = ZoneInfo("Europe/Minsk")
#: A Wednesday, and the mornings after it.
SAVED = datetime(2027, 3, 3, 12, 0, tzinfo=MINSK)
THURSDAY = datetime(2027, 3, 4, 7, 0, tzinfo=MINSK)
FRIDAY = THURSDAY + timedelta(days=1)
MONDAY = THURSDAY + timedelta(days=4)


@pytest.fixture
def reader(db) -> User:
    return UserFactory(email="reader@example.org", time_zone=MINSK)


@pytest.fixture
def published(project_of):
    def publish(title: str, at: datetime, *themes: str, **facts) -> Project:
        project = project_of(title=title, published=True, **facts)
        Project.objects.filter(pk=project.pk).update(themes=themes, published_at=at)
        note_change(project=project, now=at)
        Facet.objects.filter(project=project).update(since=at)
        return Project.objects.get(pk=project.pk)

    return publish


def saved(person: User, query: str, rhythm: Rhythm = Rhythm.DAILY, now: datetime = SAVED) -> SavedSearch:
    sought, _faults = read_search(QueryDict(query))
    return save_search(person=person, sought=sought, name=f"Of {query}", rhythm=rhythm, now=now)


def mails() -> list[EmailMessage]:
    written = OutboxMessage.objects.filter(kind="saved_search").order_by("pk")
    return [message_from_bytes(bytes(one.mime), policy=default) for one in written]


def text_of(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()


# -- when ----------------------------------------------------------------------------------------------------


def test_the_next_morning_is_by_the_readers_clock(reader):
    assert next_telling(reader, Rhythm.DAILY, now=SAVED) == THURSDAY
    assert next_telling(reader, Rhythm.DAILY, now=THURSDAY) == FRIDAY
    assert next_telling(reader, Rhythm.WEEKLY, now=SAVED) == MONDAY
    assert next_telling(reader, Rhythm.WEEKLY, now=MONDAY) == MONDAY + timedelta(days=7)
    assert next_telling(reader, Rhythm.NEVER, now=SAVED) is None
    assert next_telling(UserFactory(), Rhythm.DAILY, now=SAVED).astimezone(UTC).hour == 7


# -- keeping -------------------------------------------------------------------------------------------------


def test_a_search_is_saved_in_its_canonical_form(reader):
    search = saved(reader, "theme=nutrition&order=ending&theme=health&page=3")
    assert search.query == "theme=health&theme=nutrition"
    assert (search.told_until, search.due_at) == (SAVED, THURSDAY)


def test_the_same_search_is_kept_once_and_not_without_end(reader):
    saved(reader, "theme=health&status=idea")
    with pytest.raises(UnableToSaveSearch, match="already, as “Of theme=health&status=idea”"):
        saved(reader, "status=idea&theme=health")
    for number in range(MOST - 1):
        saved(reader, f"text={number}")
    with pytest.raises(UnableToSaveSearch, match="You have saved 20 searches"):
        saved(reader, "text=more")
    with pytest.raises(UnableToSaveSearch, match="too long"):
        saved(UserFactory(), "&".join(f"keyword={'%E2%82%AC' * 110}{number}" for number in range(9)))


def test_turning_it_on_again_tells_from_then_on(reader):
    search = saved(reader, "theme=health", Rhythm.NEVER)
    assert search.due_at is None
    later = SAVED + timedelta(days=30)
    change_search(search=search, name="Health", rhythm=Rhythm.WEEKLY, now=later)
    search.refresh_from_db()
    assert (search.name, search.told_until) == ("Health", later)
    assert search.due_at.astimezone(MINSK).weekday() == 0
    change_search(search=search, name="Health", rhythm=Rhythm.DAILY, now=later + timedelta(days=1))
    search.refresh_from_db()
    assert search.told_until == later


def test_a_person_saves_changes_and_deletes(client, reader):
    client.force_login(reader)
    address = f"{reverse('research:search_new')}?theme=health&status=idea"
    html = client.get(address).text
    assert "Health and prevention, idea" in html
    answer = client.post(address, {"name": "Health", "rhythm": "daily"}, follow=True)
    assert answer.redirect_chain == [(reverse("research:mine"), 302)]
    assert "status=idea&amp;theme=health" in answer.text
    again = client.post(address, {"name": "Again", "rhythm": "daily"})
    assert "You have saved this search already" in again.text
    search = SavedSearch.objects.get()
    client.post(reverse("research:search_edit", args=[search.pk]), {"name": "Ideas", "rhythm": "never"})
    search.refresh_from_db()
    assert (search.name, search.rhythm, search.due_at) == ("Ideas", "never", None)
    gone = client.post(reverse("research:search_delete", args=[search.pk]))
    assert gone.url == reverse("research:projects")
    assert not SavedSearch.objects.exists()


def test_searches_of_others_do_not_exist(client, reader):
    search = saved(UserFactory(), "theme=health")
    client.force_login(reader)
    assert client.get(reverse("research:search_edit", args=[search.pk])).status_code == 404
    assert client.post(reverse("research:search_delete", args=[search.pk])).status_code == 404


def test_a_visitor_signs_in_and_comes_back_to_the_search(client, db):
    answer = client.get(f"{reverse('research:search_new')}?theme=health")
    assert answer.status_code == 302
    assert "next=/research/searches/new/%3Ftheme%3Dhealth" in answer.url


# -- telling -------------------------------------------------------------------------------------------------


def test_a_morning_tells_what_is_new_in_one_mail(reader, published):
    published("Old", SAVED - timedelta(days=1), "health")
    saved(reader, "theme=health")
    saved(reader, "status=seeking")
    published("Iron", SAVED + timedelta(hours=1), "health")
    published("Helmets", SAVED + timedelta(hours=2), "equipment")

    assert tell_saved_searches(now=THURSDAY - timedelta(minutes=1)) == 0
    assert tell_saved_searches(now=THURSDAY) == 1
    assert tell_saved_searches(now=THURSDAY) == 0

    (mail,) = mails()
    assert mail["Subject"].startswith("2 new projects for you")
    # Iron fits both searches, and stands under the first.
    assert text_of(mail).count("- Iron") == text_of(mail).count("- Helmets") == 1
    assert "Old" not in text_of(mail)
    assert "List-Unsubscribe" in mail
    assert ToldProject.objects.count() == 2


def test_nothing_new_is_no_mail(reader, published):
    saved(reader, "theme=health")
    published("Helmets", SAVED + timedelta(hours=1), "equipment")
    assert tell_saved_searches(now=THURSDAY) == 0
    assert SavedSearch.objects.get().told_until == THURSDAY
    assert mails() == []


def test_a_project_is_told_once_though_two_rhythms_find_it(reader, published):
    saved(reader, "theme=health", Rhythm.WEEKLY)
    saved(reader, "status=seeking", Rhythm.DAILY)
    published("Iron", SAVED + timedelta(hours=1), "health")
    tell_saved_searches(now=THURSDAY)
    published("Sleep", FRIDAY, "health")
    tell_saved_searches(now=MONDAY)
    first, second = mails()
    assert "Iron" in text_of(first)
    assert "Iron" not in text_of(second)
    assert "Sleep" in text_of(second)


def test_a_call_that_opens_is_news_for_who_asks_for_calls(reader, published):
    iron = published("Iron", SAVED - timedelta(days=9), "health")
    saved(reader, "call=open&theme=health")
    saved(reader, "theme=health")
    Call.objects.create(project=iron, title="Beds", text="Many.", until=FRIDAY.date())
    note_change(project=iron, now=SAVED + timedelta(hours=1))
    tell_saved_searches(now=THURSDAY)
    (mail,) = mails()
    assert "Of call=open" in text_of(mail)
    assert "Of theme=health" not in text_of(mail).replace("Of call=open&theme=health", "")


def test_a_week_of_standstill_ends_in_one_mail(reader, published):
    saved(reader, "theme=health")
    for day in range(5):
        published(f"Project {day}", SAVED + timedelta(days=day, hours=1), "health")
    later = SAVED + timedelta(days=8)
    assert tell_saved_searches(now=later) == 1
    (mail,) = mails()
    assert mail["Subject"].startswith("5 new projects")
    assert SavedSearch.objects.get().due_at == later.replace(hour=7) + timedelta(days=1)


def test_many_are_told_by_the_first_and_a_link(reader, published):
    saved(reader, "theme=health")
    for number in range(12):
        published(f"Project {number}", SAVED + timedelta(minutes=number + 1), "health")
    tell_saved_searches(now=THURSDAY)
    (mail,) = mails()
    assert text_of(mail).count("- Project") == 10
    assert "and 2 more" in text_of(mail)
    assert "/research/?theme=health" in text_of(mail)
    assert mail["Subject"].startswith("12 new projects")


def test_own_projects_hidden_ones_and_searches_for_nothing_are_not_told(published, researcher, reader):
    saved(researcher, "theme=health")
    saved(reader, "theme=health")
    SavedSearch.objects.filter(person=reader).update(query="theme=nonsense")
    published("Iron", SAVED + timedelta(hours=1), "health")
    assert tell_saved_searches(now=THURSDAY + timedelta(days=1)) == 0
    SavedSearch.objects.update(query="theme=health", told_until=SAVED, due_at=THURSDAY)
    Project.objects.get(title="Iron").page.unpublish()
    assert tell_saved_searches(now=FRIDAY) == 0


def test_who_turned_the_mails_off_gets_none(reader, published):
    saved(reader, "theme=health")
    NoticeChoice.objects.create(person=reader, kind="saved_search", delivery=Delivery.NEVER)
    published("Iron", SAVED + timedelta(hours=1), "health")
    assert tell_saved_searches(now=THURSDAY) == 0
    assert mails() == []


def test_the_mail_is_in_the_readers_language(reader, published):
    User.objects.filter(pk=reader.pk).update(language="ru")
    saved(reader, "theme=health")
    published("Iron", SAVED + timedelta(hours=1), "health")
    tell_saved_searches(now=THURSDAY)
    assert text_of(mails()[0]).startswith("Здравствуйте")


def test_what_was_told_is_remembered_as_long_as_it_is_needed(reader, published):
    saved(reader, "theme=health")
    published("Iron", SAVED + timedelta(hours=1), "health")
    tell_saved_searches(now=THURSDAY)
    tell_saved_searches(now=FRIDAY)
    tell_saved_searches(now=FRIDAY + timedelta(days=1))
    assert not ToldProject.objects.exists()


def test_the_list_of_ones_searches_costs_the_same(client, reader):
    words = count(1)

    def cost(many: int) -> int:
        for number in islice(words, many):
            saved(reader, f"text={number}", now=timezone.now())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("research:mine")).status_code == 200
        return len(queries)

    client.force_login(reader)
    cost(1)
    assert cost(1) == cost(17)


@pytest.mark.parametrize("many", [1, 10])
def test_a_mail_costs_the_same_whatever_it_tells(
    reader, published, other_university, django_assert_max_num_queries, many
):
    saved(reader, "theme=health")
    for number in range(many):
        published(f"Project {number}", SAVED + timedelta(hours=1), "health", partners=[other_university])
    with django_assert_max_num_queries(30):
        assert tell_saved_searches(now=THURSDAY) == 1
