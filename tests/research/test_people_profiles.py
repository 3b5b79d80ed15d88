"""A researcher's profile: written in the portal, shown to whom its owner chose, found by others."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.enums import UniversityRole
from portal.models import OutboxMessage, SearchEntry
from research.actions.profiles import UnableToShowProfile, delete_profile, save_profile, show_profile
from research.actions.researcher_messages import (
    MOST_BY_WRITER,
    MOST_TO_RESEARCHER,
    UnableToWrite,
    write_to_researcher,
)
from research.enums import InterestState, Visibility
from research.models import Call, Interest, Member, ProfileFacet, ResearcherProfile
from research.queries.profiles import find_profiles, visible_profiles
from tests.factories import UniversityFactory, UserFactory

from .conftest import person_at
from .people_rig import FACTS, ORCID, profile_of, typed

pytestmark = pytest.mark.django_db
PROFILE, PEOPLE = "/research/profile/", "/research/people/"


def article(html: bytes) -> str:
    """What of a page is the profile, without the space between."""
    return " ".join(re.search(r"<article.*?</article>", html.decode(), re.DOTALL)[0].split())


def test_a_profile_is_kept_as_it_was_typed_and_nobody_sees_it(client: Client):
    person = UserFactory(first_name="Anna", last_name="Karenina")
    client.force_login(person)
    assert b'value="Anna Karenina"' in client.get(PROFILE).content
    assert client.post(PROFILE, typed()).status_code == 302
    profile = ResearcherProfile.objects.get(person=person)
    assert (profile.orcid, profile.fields, profile.methods) == (
        ORCID, ["3.3", "5.1"], ["Polysomnography", "Motion capture"]
    )  # fmt: skip
    assert (profile.languages, profile.sports, profile.open_to) == (
        ["ru", "en"],
        ["ROW"],
        ["projects", "data"],
    )
    assert profile.visibility == Visibility.NOBODY
    assert len(profile.key) == 16
    assert Client().get(profile.get_absolute_url()).status_code == 404
    assert client.get(profile.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"orcid": "0000-0002-1825-0098"}, "check"),
        ({"university": "University of Nowhere"}, "The register does not know"),
        ({"fields_": ["9.9"]}, "9.9"),
        ({"languages": ["xx"]}, "xx"),
        ({"methods": "\n".join(map(str, range(21)))}, "Keep to 20 lines"),
        ({"name": ""}, "required"),
        ({"visibility": "all"}, "all"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client: Client, answers: dict, fault: str):
    client.force_login(UserFactory())
    answer = client.post(PROFILE, typed(**answers))
    assert answer.status_code == 200
    assert fault in answer.content.decode()
    assert not ResearcherProfile.objects.exists()


def test_a_university_is_named_by_its_name_or_ror_id(client: Client):
    named = UniversityFactory(name="Polessky State University", short_name="PolesSU", ror="0123456ab")
    for number in range(2):
        UniversityFactory(name="State University", joined_at=None, ror=f"0aaaaa{number}11")
    person = UserFactory()
    client.force_login(person)
    for text in ("polessky state university", "PolesSU", "https://ror.org/0123456ab"):
        client.post(PROFILE, typed(university=text))
        assert ResearcherProfile.objects.get(person=person).university == named
    answer = client.post(PROFILE, typed(university="State University")).content.decode()
    assert "0aaaaa011" in answer
    assert "0aaaaa111" in answer


@pytest.mark.parametrize("to", ["members", "everyone"])
def test_before_more_people_see_it_its_owner_sees_what_they_will(client: Client, to: str):
    person = UserFactory(email="secret.address@example.org")
    client.force_login(person)
    answer = client.post(PROFILE, typed(visibility=to))
    assert answer["Location"] == f"/research/profile/show/{to}/"
    profile = ResearcherProfile.objects.get(person=person)
    assert profile.visibility == Visibility.NOBODY
    preview = client.get(answer["Location"])
    seen = re.search(r'name="seen" value="([^"]+)"', preview.content.decode())[1]
    client.post(answer["Location"], {"seen": seen})
    profile.refresh_from_db()
    assert profile.visibility == to
    reader = Client()
    reader.force_login(UserFactory())
    page = reader.get(profile.get_absolute_url())
    assert article(page.content) == article(preview.content)
    assert b"secret.address" not in page.content
    assert (page.get("X-Robots-Tag") == "noindex") is (to == "members")


def test_what_has_changed_since_it_was_looked_at_is_not_shown():
    profile = profile_of(seen_by=Visibility.NOBODY)
    seen = profile.changed_at
    facts = FACTS | {"about": "Something else."}
    save_profile(person=profile.person, now=timezone.now(), visibility="nobody", **facts)
    with pytest.raises(UnableToShowProfile):
        show_profile(profile=profile, to="everyone", seen=seen, now=timezone.now())
    profile.refresh_from_db()
    assert profile.visibility == Visibility.NOBODY


def test_fewer_readers_need_no_second_look(client: Client):
    profile = profile_of()
    client.force_login(profile.person)
    assert client.post(PROFILE, typed(visibility="members"))["Location"] == PROFILE
    profile.refresh_from_db()
    assert profile.visibility == Visibility.MEMBERS
    assert Client().get(profile.get_absolute_url()).status_code == 404


def test_who_answers_a_call_is_seen_by_its_lead_alone(project_of, researcher, client: Client):
    profile = profile_of(seen_by=Visibility.NOBODY)
    call = Call.objects.create(project=project_of(), title="Sleep", text="…", until="2027-03-01")
    stranger = UserFactory()
    assert not visible_profiles(researcher).filter(pk=profile.pk).exists()
    interest = Interest.objects.create(call=call, person=profile.person, text="I would.")
    assert visible_profiles(researcher).filter(pk=profile.pk).exists()
    assert not visible_profiles(stranger).filter(pk=profile.pk).exists()
    client.force_login(researcher)
    assert client.get(profile.get_absolute_url())["X-Robots-Tag"] == "noindex"
    Interest.objects.filter(pk=interest.pk).update(state=InterestState.WITHDRAWN)
    assert client.get(profile.get_absolute_url()).status_code == 404


def test_who_has_closed_their_account_is_not_shown():
    profile = profile_of()
    profile.person.is_active = False
    profile.person.save()
    assert not visible_profiles(UserFactory()).exists()


def test_people_are_found_by_what_they_told():
    minsk = UniversityFactory(country="BY", slug="minsk")
    anna = profile_of(university=minsk)
    told = {"fields": ["5.5"], "languages": ["ru"], "methods": [], "sports": [], "open_to": ["visits"]}
    boris = profile_of(name="Boris Ivanov", about="Law of sport", **told)
    reader = UserFactory()

    def found(**wanted) -> list[ResearcherProfile]:
        return list(find_profiles(person=reader, **wanted))

    assert found() == [anna, boris]
    assert found(field="5.5") == [boris]
    assert found(language="ru") == [anna, boris]
    assert found(language="ru", open="data") == [anna]
    assert found(country="BY") == [anna]
    assert found(university=minsk, field="5.5") == []
    assert found(text="rower sleeping") == [anna]
    assert found(text="polysomnography karenina") == [anna]
    assert found(text="nobody") == []


def test_the_facets_follow_the_profile():
    profile = profile_of()
    facts = FACTS | {"fields": ["1.1"], "about": "", "methods": []}
    save_profile(person=profile.person, now=timezone.now(), visibility="everyone", **facts)
    kept = set(ProfileFacet.objects.filter(profile=profile).values_list("kind", "value"))
    assert kept == {
        ("field", "1.1"), ("language", "ru"), ("language", "en"), ("sport", "ROW"), ("open", "projects"),
        ("open", "data"), ("word", "anna"), ("word", "karenina"),
    }  # fmt: skip
    delete_profile(profile=profile)
    assert not ProfileFacet.objects.exists()


def test_made_up_filters_narrow_nothing_and_break_nothing(client: Client):
    profile = profile_of()
    answer = client.get(PEOPLE, {"field": "x", "university": "none", "country": "ZZ", "text": "'\"\0%"})
    assert answer.status_code == 200
    assert profile.name in client.get(PEOPLE, {"open": "nothing"}).content.decode()


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_list_costs_the_same_however_many_there_are(
    client: Client, signed_in: bool, django_assert_max_num_queries, django_assert_num_queries
):
    if signed_in:
        client.force_login(UserFactory())
    profile_of(university=UniversityFactory())
    client.get(PEOPLE)
    with django_assert_max_num_queries(12) as first:
        client.get(PEOPLE, {"field": "3.3", "language": "ru", "open": "data", "text": "sleep"})
    for _number in range(29):
        profile_of(university=UniversityFactory())
    with django_assert_num_queries(len(first)):
        answer = client.get(PEOPLE, {"field": "3.3", "language": "ru", "open": "data", "text": "sleep"})
    assert b"30 researchers" in answer.content


def test_a_page_of_a_person_lists_public_projects_on_which_the_name_is_shown(project_of, client: Client):
    profile = profile_of()
    shown, hidden, draft = project_of(published=True), project_of(published=True), project_of()
    for project in (shown, hidden, draft):
        Member.objects.create(
            project=project, person=profile.person, name=profile.name, shown=project is not hidden
        )
    html = client.get(profile.get_absolute_url()).content.decode()
    assert shown.title in html
    assert hidden.title not in html
    assert draft.title not in html


def test_members_decide_themselves_whether_their_name_is_shown(project_of, client: Client):
    person, project = UserFactory(), project_of(published=True)
    member = Member.objects.create(project=project, person=person, name="Anna")
    way = reverse("research:membership_shown", args=[member.pk])
    client.force_login(UserFactory())
    assert client.post(way, {"shown": "no"}).status_code == 404
    client.force_login(person)
    assert project.title in client.get(PROFILE).content.decode()
    client.post(way, {"shown": "no"})
    member.refresh_from_db()
    assert member.shown is False
    client.post(way, {"shown": "yes"})
    member.refresh_from_db()
    assert member.shown is True


def test_the_portals_search_knows_those_whom_everyone_may_see():
    profile = profile_of(seen_by=Visibility.MEMBERS)
    entries = SearchEntry.objects.filter(kind="researcher")
    assert not entries.exists()
    show_profile(profile=profile, to="everyone", seen=profile.changed_at, now=timezone.now())
    entry = entries.get()
    assert entry.title == "Anna Karenina"
    assert "Polysomnography" in entry.text
    assert "Russian" in entry.text
    save_profile(person=profile.person, now=timezone.now(), visibility="nobody", **FACTS)
    assert not entries.exists()


def test_the_page_is_deleted_with_the_profile(client: Client):
    profile = profile_of()
    client.force_login(profile.person)
    assert client.get("/research/profile/delete/").status_code == 200
    client.post("/research/profile/delete/")
    assert not ResearcherProfile.objects.exists()
    assert client.get(profile.get_absolute_url()).status_code == 404
    assert client.post("/research/profile/delete/").status_code == 404


def test_a_message_is_handed_on_without_the_readers_address(client: Client):
    profile = profile_of(UserFactory(email="anna@hidden.example"))
    writer = UserFactory(email="writer@example.org", first_name="Levin")
    client.force_login(writer)
    way = reverse("research:person_write", args=[profile.key])
    assert b"hidden.example" not in client.get(way).content
    assert b"Without this nobody could answer you." in client.post(way, {"subject": "A", "text": "B"}).content
    answer = client.post(way, {"subject": "Sleep", "text": "Shall we?", "agrees": "on"}, follow=True)
    assert b"hidden.example" not in answer.content
    sent = OutboxMessage.objects.get(kind="researcher_message")
    assert sent.recipient == "anna@hidden.example"
    assert b"Reply-To: Levin <writer@example.org>" in bytes(sent.mime)
    assert not mail.outbox


def test_the_address_that_is_answered_to_has_to_be_the_proven_one(client: Client):
    profile, writer = profile_of(), UserFactory()
    writer.emailaddress_set.update(email="other@example.org")
    client.force_login(writer)
    way = reverse("research:person_write", args=[profile.key])
    assert b"Confirm your e-mail address first." in client.get(way).content
    with pytest.raises(UnableToWrite, match="Confirm your e-mail address first"):
        write_to_researcher(profile=profile, by=writer, subject="A", text="B", now=timezone.now())


def test_programs_are_thanked_and_nothing_is_sent(client: Client):
    profile = profile_of()
    client.force_login(UserFactory())
    said = {"subject": "A", "text": "B", "agrees": "on", "website": "http://spam.example"}
    assert client.post(reverse("research:person_write", args=[profile.key]), said).status_code == 302
    assert not OutboxMessage.objects.exists()


def test_messages_have_limits():
    now, writer = timezone.now(), UserFactory()
    words = {"subject": "A", "text": "B", "now": now}
    for _number in range(MOST_BY_WRITER):
        write_to_researcher(profile=profile_of(), by=writer, **words)
    with pytest.raises(UnableToWrite, match="several people"):
        write_to_researcher(profile=profile_of(), by=writer, **words)
    popular = profile_of()
    for _number in range(MOST_TO_RESEARCHER):
        write_to_researcher(profile=popular, by=UserFactory(), **words)
    with pytest.raises(UnableToWrite, match="many messages"):
        write_to_researcher(profile=popular, by=UserFactory(), **words)


def test_my_research_shows_the_profile(university, client: Client):
    person = person_at(university, UniversityRole.RESEARCHER)
    client.force_login(person)
    assert b"You have no profile yet." in client.get("/research/mine/").content
