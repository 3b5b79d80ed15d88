"""Events: who sees them, who keeps them in the CMS, and where they are found."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.actions.universities import appoint, join_university
from portal.enums import UniversityRole
from portal.models import Agreement, Event, SearchEntry, University, User
from tests.factories import AgreementFactory, EventFactory, UniversityFactory, UserFactory

pytestmark = pytest.mark.django_db


def joined() -> University:
    university = UniversityFactory()
    join_university(university=university, now=timezone.now())
    return university


@pytest.fixture
def university() -> University:
    return joined()


@pytest.fixture
def coordinator(university) -> User:
    person = UserFactory()
    appoint(user=person, university=university, role=UniversityRole.COORDINATOR)
    return person


@pytest.fixture
def administrator() -> User:
    return UserFactory(is_superuser=True)


def said(host: University | None = None, **more: object) -> dict[str, object]:
    return {
        "title": "Summer camp",
        "kind": "camp",
        "sport": "ROW",
        "starts_on": "2027-07-01",
        "ends_on": "2027-07-14",
        "country": "BY",
        "city": "Zaslawye",
        "host": host.pk if host else "",
        "public": "on",
        **more,
    }


def test_what_is_not_public_is_seen_by_who_keeps_it(client, university, coordinator):
    hidden = EventFactory(title="Secret camp", public=False, host=university)
    assert client.get(hidden.get_absolute_url()).status_code == 404
    client.force_login(UserFactory())
    assert client.get(hidden.get_absolute_url()).status_code == 404
    client.force_login(coordinator)
    assert "not public" in client.get(hidden.get_absolute_url()).content.decode()


def test_a_coordinator_adds_events_of_the_own_university(client, university, coordinator):
    client.force_login(coordinator)
    client.post("/cms/events/new/", said(university))
    event = Event.objects.get()
    assert (event.title, event.host, event.sport) == ("Summer camp", university, "ROW")
    assert ModelLogEntry.objects.get(action="wagtail.create").user == coordinator
    for host in (None, joined()):
        assert client.post("/cms/events/new/", said(host)).status_code == 200
    assert Event.objects.count() == 1
    client.post(f"/cms/events/edit/{event.pk}/", said(university, title="Spring camp"))
    event.refresh_from_db()
    assert event.title == "Spring camp"
    client.post(f"/cms/events/delete/{event.pk}/")
    assert not Event.objects.exists()


def test_events_of_others_do_not_exist_in_the_cms(client, university, coordinator):
    mine, theirs = EventFactory(host=university, title="zzmine"), EventFactory(title="zztheirs")
    client.force_login(coordinator)
    page = client.get("/cms/events/").content.decode()
    assert ("zzmine" in page, "zztheirs" in page) == (True, False)
    for view in ("edit", "delete", "inspect", "history"):
        assert client.get(f"/cms/events/{view}/{mine.pk}/").status_code == 200, view
        assert client.get(f"/cms/events/{view}/{theirs.pk}/").status_code == 404, view
    client.post(f"/cms/events/delete/{theirs.pk}/")
    assert Event.objects.filter(pk=theirs.pk).exists()


def test_agreements_are_kept_by_administrators_alone(client, coordinator, administrator):
    agreement = AgreementFactory()
    client.force_login(coordinator)
    for path in ("", "new/", f"edit/{agreement.pk}/"):
        assert client.get(f"/cms/agreements/{path}").status_code in (302, 404), path
    client.force_login(administrator)
    for path in ("", "?state=in_force", "?subject=events", "?q=agree", "?export=csv", "?export=xlsx", "new/"):
        assert client.get(f"/cms/agreements/{path}").status_code == 200, path
    for view in ("edit", "delete", "inspect", "history"):
        assert client.get(f"/cms/agreements/{view}/{agreement.pk}/").status_code == 200, view


def test_an_agreement_needs_two_parties(client, university, administrator):
    client.force_login(administrator)
    facts = {
        "title": "Plan",
        "slug": "plan",
        "subjects": ["events"],
        "sports": ["JUD"],
        "countries": ["BY"],
        "signed_on": "2026-01-01",
        "valid_from": "2026-01-01",
    }
    page = client.post("/cms/agreements/new/", facts).content.decode()
    assert "Name at least two parties" in page
    client.post("/cms/agreements/new/", facts | {"universities": [university.pk]})
    agreement = Agreement.objects.get()
    assert agreement.parties == ["Belarus", str(university)]
    assert agreement.sports == ["JUD"]
    assert university.name in SearchEntry.objects.get(kind="agreement").text


def test_an_agreement_with_events_is_not_deleted(client, administrator):
    agreement = EventFactory(agreement=AgreementFactory()).agreement
    client.force_login(administrator)
    page = client.post(f"/cms/agreements/delete/{agreement.pk}/", follow=True).content.decode()
    assert "Other rows belong to it" in page
    assert Agreement.objects.filter(pk=agreement.pk).exists()


@pytest.mark.parametrize("name", ["events", "agreements"])
@pytest.mark.parametrize("count", [1, 30])
def test_a_list_costs_the_same(client, administrator, name, count, django_assert_max_num_queries):
    client.force_login(administrator)
    for _one in range(count):
        EventFactory(host=UniversityFactory(), agreement=AgreementFactory())
    client.get(f"/cms/{name}/")
    with django_assert_max_num_queries(16):
        client.get(f"/cms/{name}/")


def test_both_are_found(client: Client):
    agreement = AgreementFactory(title="Zubrowka protocol")
    event = EventFactory(title="Zubrowka cup", agreement=agreement)
    hidden = EventFactory(title="Zubrowka retreat", public=False)
    page = client.get("/search/?q=zubrowka").content.decode()
    assert agreement.get_absolute_url() in page
    assert event.get_absolute_url() in page
    assert hidden.get_absolute_url() not in page
    Event.objects.filter(pk=event.pk).update(public=False)
    assert event.get_absolute_url() not in client.get("/search/?q=zubrowka").content.decode()


def test_both_are_in_the_sitemap(client: Client):
    event = EventFactory(agreement=AgreementFactory())
    hidden = EventFactory(public=False)
    told = client.get("/sitemap.xml").content.decode()
    assert event.agreement.get_absolute_url() in told
    assert event.get_absolute_url() in told
    assert hidden.get_absolute_url() not in told


def test_days_are_kept_in_order_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        EventFactory(starts_on=date(2027, 3, 6), ends_on=date(2027, 3, 5))
