"""Agreements: whom they bind, when they are in force, how people read them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from portal.enums import AgreementState
from portal.models import Agreement, University
from portal.queries.agreements import agreements_between, agreements_of, binds, with_sides
from tests.factories import AgreementFactory, EventFactory, UniversityFactory

pytestmark = pytest.mark.django_db

DAY = date(2027, 3, 20)


@pytest.fixture
def minsk() -> University:
    return UniversityFactory(name="Minsk", country="BY")


@pytest.fixture
def brest() -> University:
    return UniversityFactory(name="Brest", country="BY")


@pytest.fixture
def warsaw() -> University:
    return UniversityFactory(name="Warsaw", country="PL")


@pytest.fixture
def vilnius() -> University:
    return UniversityFactory(name="Vilnius", country="LT")


def test_countries_bind_their_universities_to_those_of_the_other(minsk, brest, warsaw, vilnius):
    AgreementFactory(countries=["BY", "PL"])
    assert binds(minsk, warsaw, day=DAY)
    assert binds(warsaw, minsk, day=DAY)
    assert not binds(minsk, brest, day=DAY)
    assert not binds(minsk, vilnius, day=DAY)
    assert not binds(minsk, minsk, day=DAY)


def test_a_university_signs_for_itself(minsk, brest, warsaw, vilnius):
    AgreementFactory(countries=["PL"], universities=[minsk])
    assert binds(minsk, warsaw, day=DAY)
    assert not binds(brest, warsaw, day=DAY)
    AgreementFactory(countries=[], universities=[minsk, brest])
    assert binds(minsk, brest, day=DAY)
    assert not binds(minsk, vilnius, day=DAY)


def test_a_university_beside_its_country_is_a_side_of_its_own(minsk, brest, warsaw):
    AgreementFactory(countries=["BY"], universities=[minsk])
    assert binds(minsk, brest, day=DAY)
    assert not binds(brest, warsaw, day=DAY)


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [
        (date(2027, 3, 21), None, AgreementState.SIGNED),
        (date(2027, 3, 20), None, AgreementState.IN_FORCE),
        (date(2025, 1, 1), date(2027, 3, 20), AgreementState.IN_FORCE),
        (date(2025, 1, 1), date(2027, 3, 19), AgreementState.ENDED),
    ],
)
def test_its_days_say_in_which_state_it_is(minsk, warsaw, first, last, state):
    agreement = AgreementFactory(valid_from=first, valid_until=last)
    assert agreement.state(DAY) == state
    assert binds(minsk, warsaw, day=DAY) == (state == AgreementState.IN_FORCE)
    for other in AgreementState:
        found = Agreement.objects.in_state(other, DAY)
        assert list(found) == ([agreement] if other == state else [])


def test_the_database_knows_that_it_ends_after_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementFactory(valid_from=DAY, valid_until=date(2027, 1, 1))


@pytest.mark.parametrize("count", [1, 30])
def test_many_pairs_cost_one_query(count, django_assert_num_queries):
    homes = UniversityFactory.create_batch(count, country="BY")
    guests = UniversityFactory.create_batch(count, country="PL")
    for home, guest in zip(homes, guests, strict=True):
        AgreementFactory(countries=[], universities=[home, guest])
    with django_assert_num_queries(1):
        found = agreements_between([*zip(homes, guests, strict=True), (homes[0], homes[-1])], day=DAY)
    assert [len(found[home.pk, guest.pk]) for home, guest in zip(homes, guests, strict=True)] == [1] * count
    assert found[homes[0].pk, homes[-1].pk] == []


def test_asking_the_database_agrees_with_asking_pair_by_pair(minsk, brest, warsaw, vilnius):
    """`bound_to` and `bind_pairs` are queries, `bind` is not: each pair, each shape of agreement."""
    everybody = [minsk, brest, warsaw, vilnius]
    for countries, universities in (
        (["BY", "PL"], []),
        (["PL"], [minsk]),
        (["BY"], [minsk]),
        ([], [minsk, brest, vilnius]),
        (["BY", "LT"], [minsk, warsaw]),
    ):
        agreement = AgreementFactory(countries=countries, universities=universities)
        sides = with_sides(Agreement.objects.filter(pk=agreement.pk))[agreement]
        for home in everybody:
            bound = set(University.objects.filter(sides.bound_to(home)))
            assert bound == {other for other in everybody if other != home and sides.bind(home, other)}
            assert (agreement in agreements_of(home, day=DAY)) == sides.hold(home)


def test_the_list_counts_and_narrows(client: Client):
    AgreementFactory(title="Plan of the two countries", subjects=["events", "anti_doping"])
    AgreementFactory(title="Old exchange", subjects=["clubs"], valid_until=date(2025, 12, 31))
    page = client.get("/agreements/").content.decode()
    assert "Plan of the two countries" in page
    assert "Old exchange" in page
    assert "In force: 1" in page
    assert "Ended: 1" in page
    for asked in ("state=in_force", "subject=anti_doping"):
        page = client.get(f"/agreements/?{asked}").content.decode()
        assert ("Plan of the two countries" in page, "Old exchange" in page) == (True, False), asked
    assert "No agreement is like this." in client.get("/agreements/?subject=equipment").content.decode()


def test_the_page_says_who_when_and_what_comes(client: Client, minsk, warsaw):
    agreement = AgreementFactory(sports=["JUD"], summary="800 events.")
    EventFactory(title="Judo of two countries", agreement=agreement, starts_on=date(2099, 5, 1))
    EventFactory(title="Not told yet", agreement=agreement, starts_on=date(2099, 5, 1), public=False)
    page = client.get(agreement.get_absolute_url()).content.decode()
    for words in ("Belarus, Poland", "Judo", "800 events.", "Judo of two countries", "<dd>2</dd>"):
        assert words in page
    assert "Not told yet" not in page
    assert client.get("/agreements/nothing/").status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same(client: Client, count: int, minsk, django_assert_num_queries):
    for _one in range(count):
        EventFactory(agreement=AgreementFactory(universities=[minsk]))
    client.get("/agreements/")
    with django_assert_num_queries(4):
        client.get("/agreements/")
