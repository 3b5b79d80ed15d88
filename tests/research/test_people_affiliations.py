"""Where somebody works is proven by a mail address, by a role, or by the coordinator."""

from __future__ import annotations

import pytest
from allauth.account.signals import email_confirmed, email_removed
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.enums import UniversityRole
from portal.models import DigestEntry, OutboxMessage
from portal.register.entries import read_entry
from portal.waiting import waiting_for
from research.actions.affiliations import (
    UnableToDecideOnAffiliation,
    is_at,
    refuse_affiliation,
    set_domains,
    verify_affiliation,
)
from research.actions.profiles import save_profile
from research.enums import Verification
from tests.factories import UniversityFactory, UserFactory

from .conftest import joined, person_at
from .people_rig import FACTS, profile_of

pytestmark = pytest.mark.django_db
LIST = "/research/affiliations/"


@pytest.mark.parametrize(
    ("address", "proven"),
    [
        ("anna@bsu.by", True),
        ("Anna@BSU.by", True),
        ("anna@stud.bsu.by", True),
        ("anna@notbsu.by", False),
        ("anna@bsu.by.example.org", False),
        ("anna@тест.bsu.by", True),
        ("anna", False),
    ],
)
def test_an_address_is_at_a_domain_or_below_it(address: str, proven: bool):
    assert is_at(address, ["bsu.by"]) is proven
    assert is_at(address, []) is False


@pytest.mark.parametrize("column", ["domains", "own_domains"])
def test_a_proven_address_of_the_university_is_enough(column: str):
    university = UniversityFactory(**{column: ["bsu.by"]})
    person = UserFactory(email="anna@example.org")
    unproven = person.emailaddress_set.create(email="anna@bsu.by", verified=False)
    profile = profile_of(person, university=university)
    assert profile.verified == Verification.NONE
    unproven.verified = True
    unproven.save()
    email_confirmed.send(sender=object, request=None, email_address=unproven)
    profile.refresh_from_db()
    assert profile.verified == Verification.MAIL
    assert profile.verified_at is not None
    unproven.delete()
    email_removed.send(sender=object, request=None, user=person, email_address=unproven)
    profile.refresh_from_db()
    assert (profile.verified, profile.verified_at) == (Verification.NONE, None)


def test_a_role_at_the_university_is_enough(university):
    person = person_at(university, UniversityRole.RESEARCHER)
    assert profile_of(person, university=university).verified == Verification.COORDINATOR
    assert profile_of(person, university=UniversityFactory()).verified == Verification.NONE


def test_another_university_has_to_be_proven_anew(university, coordinator):
    profile = profile_of(university=university)
    verify_affiliation(profile=profile, by=coordinator, now=timezone.now())
    facts = FACTS | {"university": university, "about": "New words."}
    save_profile(person=profile.person, now=timezone.now(), visibility="everyone", **facts)
    profile.refresh_from_db()
    assert profile.verified == Verification.COORDINATOR
    facts["university"] = UniversityFactory()
    save_profile(person=profile.person, now=timezone.now(), visibility="everyone", **facts)
    profile.refresh_from_db()
    assert (profile.verified, profile.verified_at) == (Verification.NONE, None)


def test_a_coordinator_is_told_and_decides(university, coordinator, client: Client):
    profile = profile_of(university=university, seen_by="nobody")
    assert DigestEntry.objects.get(kind="affiliation_named").person == coordinator
    assert [one.count for one in waiting_for(coordinator, timezone.now()) if one.url == LIST] == [1]
    client.force_login(coordinator)
    html = client.get(LIST).content.decode()
    assert profile.name in html
    assert profile.orcid in html
    assert profile.person.email not in html
    way = reverse("research:affiliation_decide", args=[profile.pk])
    assert client.post(way, {"decision": "other"}).status_code == 404
    client.post(way, {"decision": "verify"})
    profile.refresh_from_db()
    assert profile.verified == Verification.COORDINATOR
    client.post(way, {"decision": "refuse"})
    profile.refresh_from_db()
    assert (profile.university, profile.verified) == (None, Verification.NONE)
    told = OutboxMessage.objects.filter(kind="affiliation_decided", recipient=profile.person.email)
    assert told.count() == 2
    log = ModelLogEntry.objects.filter(action__startswith="research.affiliation").order_by("pk")
    assert [(one.action, one.user, one.data) for one in log] == [
        ("research.affiliation_verify", coordinator, {"profile": profile.pk}),
        ("research.affiliation_refuse", coordinator, {"profile": profile.pk}),
    ]


def test_coordinators_of_others_have_no_say(university, other_university, client: Client):
    profile = profile_of(university=university)
    client.force_login(person_at(other_university, UniversityRole.COORDINATOR))
    assert profile.name not in client.get(LIST).content.decode()
    way = reverse("research:affiliation_decide", args=[profile.pk])
    assert client.post(way, {"decision": "verify"}).status_code == 404
    assert client.get(reverse("research:university_domains", args=[university.pk])).status_code == 404
    client.force_login(UserFactory())
    assert client.get(LIST).status_code == 404


def test_who_has_named_another_university_meanwhile_is_not_verified(university, coordinator):
    looked_at = profile_of(university=university)
    facts = FACTS | {"university": UniversityFactory()}
    save_profile(person=looked_at.person, now=timezone.now(), visibility="everyone", **facts)
    for decide in (verify_affiliation, refuse_affiliation):
        with pytest.raises(UnableToDecideOnAffiliation):
            decide(profile=looked_at, by=coordinator, now=timezone.now())


def test_domains_of_a_coordinator_verify_whom_they_fit(coordinator, university, client: Client):
    fits = profile_of(UserFactory(email="anna@polessu.by"), university=university)
    other = profile_of(UserFactory(email="anna@example.org"), university=university)
    client.force_login(coordinator)
    way = reverse("research:university_domains", args=[university.pk])
    assert b"is no domain" in client.post(way, {"domains": "polessu"}).content
    assert client.post(way, {"domains": "@PolesSU.by\nstud.polessu.by polessu.by"}).status_code == 302
    university.refresh_from_db()
    assert university.own_domains == ["polessu.by", "stud.polessu.by"]
    fits.refresh_from_db()
    other.refresh_from_db()
    assert (fits.verified, other.verified) == (Verification.MAIL, Verification.NONE)
    set_domains(university=university, domains=[], by=coordinator, now=timezone.now())
    fits.refresh_from_db()
    assert fits.verified == Verification.NONE


def test_the_list_costs_the_same_for_one_and_for_thirty(
    coordinator, university, client: Client, django_assert_num_queries, django_assert_max_num_queries
):
    profile_of(university=university)
    client.force_login(coordinator)
    client.get(LIST)
    with django_assert_max_num_queries(12) as first:
        client.get(LIST)
    for _number in range(29):
        profile_of(university=university)
    with django_assert_num_queries(len(first)):
        client.get(LIST)


def test_the_register_tells_domains():
    record = {
        "id": "https://ror.org/021036w13", "status": "active", "types": ["education"], "domains": ["BSU.by"],
        "locations": [
            {"geonames_details": {"name": "Minsk", "lat": 53.9, "lng": 27.56, "country_code": "BY"}}
        ],
        "names": [{"value": "Belarusian State University", "types": ["ror_display"], "lang": "en"}],
    }  # fmt: skip
    assert read_entry(record, 1).domains == ["bsu.by"]
    assert joined(UniversityFactory()).domains == []
