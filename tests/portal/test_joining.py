"""A university asks to join, is approved or declined, leaves, and comes back."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from exchange.enums import FixtureState, RequestState
from portal.access import coordinates
from portal.actions.joining import (
    MOST_WAITING,
    UnableToAskToJoin,
    UnableToDecideOnJoining,
    approve_join,
    ask_to_join,
    decline_join,
    withdraw_join,
)
from portal.actions.leaving import UnableToLeave, UnableToTakeBack, leave_university, take_back_university
from portal.actions.universities import appoint, join_university
from portal.enums import JOIN_MOVES, JoinState, UniversityRole
from portal.models import JoinRequest, OutboxMessage, University, UniversityPage, User
from portal.queries.joining import MOST_FOUND, look_up
from portal.refusal import Refusal
from tests.factories import FixtureFactory, FixtureRequestFactory, UniversityFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def administrator() -> User:
    return UserFactory(is_superuser=True)


@pytest.fixture
def university() -> University:
    return UniversityFactory(joined_at=None, name="University of Minsk", names={"be": "Мінскі ўніверсітэт"})


@pytest.fixture
def person() -> User:
    return UserFactory(email="ann@minsk.example")


def ask(university: University, by: User, **facts: object) -> JoinRequest:
    said = {"name": "Ann Smith", "position": "Head of sport", "office_email": "sport@minsk.example"} | facts
    return ask_to_join(university=university, by=by, now=NOW, **said)


def mails(kind: str) -> list[str]:
    return list(OutboxMessage.objects.filter(kind=kind).order_by("pk").values_list("recipient", flat=True))


def test_who_asks_waits_and_administrators_are_told(university, person, administrator):
    request = ask(university, person)
    assert (request.state, mails("join_asked")) == (JoinState.WAITING, [administrator.email])


def test_nobody_asks_twice_nor_for_who_takes_part_nor_without_a_proven_address(university, person):
    ask(university, person)
    with pytest.raises(UnableToAskToJoin, match="already"):
        ask(university, person)
    with pytest.raises(UnableToAskToJoin, match="takes part already"):
        ask(UniversityFactory(), person)
    unproven = User.objects.create_user("new@minsk.example")
    with pytest.raises(UnableToAskToJoin, match="Confirm"):
        ask(university, unproven)
    with pytest.raises(UnableToAskToJoin):
        ask(UniversityFactory(joined_at=None), person, office_email="no address")
    for _one in range(MOST_WAITING - 1):
        ask(UniversityFactory(joined_at=None), person)
    with pytest.raises(UnableToAskToJoin, match="still wait"):
        ask(UniversityFactory(joined_at=None), person)


def test_approving_makes_the_tenant_and_its_coordinator(university, person, administrator):
    request = ask(university, person)
    assert approve_join(request=request, coordinator=person.email, by=administrator, now=NOW) == person
    university.refresh_from_db()
    page = UniversityPage.objects.filter(university=university).first()
    assert (university.joined_at, page.live, coordinates(person, university)) == (NOW, True, True)
    assert university.role_groups.count() == 3
    assert page.get_workflow() is not None
    assert mails("join_approved") == [person.email]
    actions = ModelLogEntry.objects.filter(object_id=str(university.pk)).values_list("action", "user")
    assert set(actions) >= {
        ("portal.join_ask", person.pk),
        ("portal.join_decide", administrator.pk),
        ("portal.join", administrator.pk),
        ("portal.appoint", administrator.pk),
    }


def test_another_coordinator_is_invited_with_a_link_and_who_asked_is_told(university, person, administrator):
    request = ask(university, person)
    named = approve_join(request=request, coordinator="Bob@Minsk.example", by=administrator, now=NOW)
    assert (named.email, coordinates(named, university)) == ("bob@minsk.example", True)
    assert not coordinates(person, university)
    assert mails("join_approved") == ["bob@minsk.example", person.email]
    invited = OutboxMessage.objects.get(recipient="bob@minsk.example")
    assert b"/accounts/password/reset/key/" in re.sub(rb"=\r?\n", b"", bytes(invited.mime))


def test_others_who_asked_are_told_that_it_takes_part(university, person, administrator):
    other = UserFactory()
    mine, theirs = ask(university, person), ask(university, other)
    approve_join(request=mine, coordinator=person.email, by=administrator, now=NOW)
    theirs.refresh_from_db()
    assert (theirs.state, mails("join_declined")) == (JoinState.DECLINED, [other.email])
    with pytest.raises(UnableToDecideOnJoining):
        approve_join(request=theirs, coordinator=other.email, by=administrator, now=NOW)


def test_declining_needs_a_reason_and_tells_it(university, person, administrator):
    request = ask(university, person)
    with pytest.raises(UnableToDecideOnJoining):
        decline_join(request=request, reason=" ", by=administrator, now=NOW)
    decline_join(request=request, reason="Nobody knows you there.", by=administrator, now=NOW)
    mail = OutboxMessage.objects.get(kind="join_declined")
    assert (mail.recipient, b"Nobody knows you there." in bytes(mail.mime)) == (person.email, True)
    assert ask(university, person).state == JoinState.WAITING


def test_a_decision_is_final(university, person, administrator):
    request = ask(university, person)
    withdraw_join(request=request, now=NOW)
    for act in (
        lambda: withdraw_join(request=request, now=NOW),
        lambda: decline_join(request=request, reason="No.", by=administrator, now=NOW),
        lambda: approve_join(request=request, coordinator=person.email, by=administrator, now=NOW),
    ):
        with pytest.raises(UnableToDecideOnJoining):
            act()
    university.refresh_from_db()
    assert (university.joined_at, list(JOIN_MOVES)) == (None, [JoinState.WAITING])


def test_the_database_holds_one_waiting_request_a_person(university, person):
    ask(university, person)
    with pytest.raises(IntegrityError), transaction.atomic():
        JoinRequest.objects.create(university=university, asked_by=person, office_email="a@example.org")


@pytest.mark.parametrize("words", ["minsk", "МІНСКІ", "univ min", "of minsk"])
def test_the_register_is_looked_up_in_any_language(university, words):
    UniversityFactory(joined_at=None, name="Tartu", city="Tartu")
    assert look_up(words).universities == [university]


def test_a_look_up_needs_two_letters_and_shows_so_many(university):
    assert look_up("m").universities == look_up("").universities == []
    for _one in range(MOST_FOUND):
        UniversityFactory(joined_at=None)
    found = look_up("minsk")
    assert (len(found.universities), found.more, found.universities[0].city) == (MOST_FOUND, True, "Minsk")


def joined(administrator: User) -> tuple[University, User]:
    university, coordinator = UniversityFactory(joined_at=None), UserFactory()
    join_university(university=university, now=NOW)
    appoint(user=coordinator, university=university, role=UniversityRole.COORDINATOR, by=administrator)
    university.refresh_from_db()
    return university, coordinator


def live_pages(university: University) -> set[int]:
    paths = UniversityPage.objects.filter(university=university).values_list("path", flat=True)
    return {page.pk for path in paths for page in Page.objects.filter(path__startswith=path, live=True)}


def test_leaving_takes_pages_and_roles_and_coming_back_restores_them(administrator):
    university, coordinator = joined(administrator)
    before = live_pages(university)
    assert before
    leave_university(university=university, reason="Closed.", by=administrator, now=NOW)
    university.refresh_from_db()
    assert (live_pages(university), university.joined_at) == (set(), None)
    assert not coordinates(coordinator, university)
    with pytest.raises(UnableToLeave):
        leave_university(university=university, reason="Again.", by=administrator, now=NOW)
    take_back_university(university=university, by=administrator, now=NOW)
    university.refresh_from_db()
    assert (live_pages(university), university.joined_at) == (before, NOW)
    assert coordinates(coordinator, university)
    with pytest.raises(UnableToTakeBack):
        take_back_university(university=university, by=administrator, now=NOW)
    actions = ModelLogEntry.objects.filter(object_id=str(university.pk)).values_list("action", flat=True)
    assert {"portal.leave", "portal.take_back"} <= set(actions)


def test_who_has_left_may_ask_again_and_finds_the_pages(administrator, person):
    university, _coordinator = joined(administrator)
    before = live_pages(university)
    leave_university(university=university, reason="Closed.", by=administrator, now=NOW)
    university.refresh_from_db()
    approve_join(request=ask(university, person), coordinator=person.email, by=administrator, now=NOW)
    assert (live_pages(university), coordinates(person, university)) == (before, True)


def test_open_requests_are_withdrawn_and_fixtures_stand_in_the_way(administrator):
    university, _coordinator = joined(administrator)
    request = FixtureRequestFactory(team__club__university=university)
    fixture = FixtureFactory(host_request=request, state=FixtureState.CONFIRMED)
    with pytest.raises(Refusal, match="1 fixture of its teams"):
        leave_university(university=university, reason="Closed.", by=administrator, now=NOW)
    request.refresh_from_db()
    assert (request.state, bool(live_pages(university))) == (RequestState.OPEN, True)
    fixture.state = FixtureState.CANCELLED
    fixture.save()
    leave_university(university=university, reason="Closed.", by=administrator, now=NOW)
    request.refresh_from_db()
    assert request.state == RequestState.WITHDRAWN
