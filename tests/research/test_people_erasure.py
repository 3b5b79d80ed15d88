"""Who goes leaves no trace: not in any table of the database, not in the names of files."""

from __future__ import annotations

import json
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Comment, ModelLogEntry, PageLogEntry
from wagtail.users.models import UserProfile

from exchange.models import Membership, TeamContact
from portal.actions.personal import UnableToErase, erase_person
from portal.enums import UniversityRole
from portal.inbound.store import store_mail
from portal.models import DigestEntry, InboundMail, OutboxMessage, SearchEntry, Suppression, User
from portal.outbox import enqueue_mail
from portal.personal import export_of
from research.actions.researcher_messages import write_to_researcher
from research.enums import ProjectStatus
from research.models import (
    Call,
    Decision,
    Interest,
    InterestMessage,
    Member,
    Project,
    ResearcherProfile,
    SavedSearch,
)
from tests.factories import ClubFactory, MembershipFactory, TeamFactory, UserFactory

from .conftest import person_at
from .people_rig import ORCID, profile_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]
NAMES = [("Anna", "Karenina"), ("Анна", "Каренина")]
ADDRESS, SECOND = "anna.k@gone.example", "a.k@second.example"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def everything() -> str:
    """All rows of all tables, mails and JSON taken apart."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.endswith(("_data", "_idx", "_docsize", "_config")):
                continue  # SQLite's own books of its full text
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += [f"{table}: {' | '.join(map(readable, row))}" for row in cursor.fetchall()]
    return "\n".join(rows)


def readable(value: object) -> str:
    if isinstance(value, (bytes, memoryview)):
        raw = bytes(value)
        parts = [part.get_payload(decode=True) or b"" for part in message_from_bytes(raw).walk()]
        return " ".join(part.decode(errors="replace") for part in (raw, *parts))
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return f"{value} {unescaped(json.loads(value))}"
        except ValueError:
            return value
    return unescaped(value) if isinstance(value, (dict, list)) else str(value)


def unescaped(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return f"{text} {text.replace(chr(92), '')} " + text.encode().decode("unicode_escape", errors="replace")


def traces_in(text: str, surname: str) -> list[str]:
    wanted = (surname.casefold()[:-1], ADDRESS, SECOND, ORCID, ORCID.replace("-", ""))
    return [
        line[:300] for line in text.casefold().splitlines() if any(word.casefold() in line for word in wanted)
    ]


def somebody(first: str, last: str, university, project_of, client: Client) -> User:
    """Somebody who has left their name wherever one can."""
    now = timezone.now()
    person = person_at(university, UniversityRole.RESEARCHER, email=ADDRESS, first_name=first, last_name=last)
    person.date_joined = now - timedelta(days=30)
    person.save()
    person.emailaddress_set.create(email=SECOND, verified=True)
    client.force_login(person)
    name = f"{first} {last}"
    _in_research(person, name, project_of(published=True), now)
    _in_clubs(person, name, university)
    _in_mails(person, name, now)
    _in_files(person, name)
    return person


def _in_research(person: User, name: str, project: Project, now) -> None:
    profile = profile_of(person, name=name, university=project.lead)
    Member.objects.create(project=project, person=person, name=name, orcid=ORCID)
    Project.objects.filter(pk=project.pk).update(
        summary=f"Ask {name} ({ADDRESS}, https://orcid.org/{ORCID})."
    )
    call = Call.objects.create(
        project=project, title="Sleep", text=f"Write to {name.upper()}", until=now.date()
    )
    mine = Interest.objects.create(call=call, person=person, text=f"I am {name}.")
    other = Interest.objects.create(call=call, person=UserFactory(), text="I would.")
    InterestMessage.objects.create(interest=mine, by=other.person, text=f"Dear {name}")
    InterestMessage.objects.create(interest=other, by=person, text="From me")
    InterestMessage.objects.create(interest=other, by=other.person, text=f"I know {name} well.")
    SavedSearch.objects.create(person=person, name="Mine", query="text=sleep")
    Decision.objects.create(project=project, text=f"{name} measures.", taken_on=now.date(), written_by=person)
    page = project.page
    page.body = json.dumps([{"type": "text", "value": f"<p>Led by {name}, {ADDRESS}.</p>", "id": "1"}])
    page.title = f"Sleep, by {name}"
    page.save_revision(user=person, log_action=True).publish()
    Comment.objects.create(page=page, user=person, text="A remark", contentpath="body")
    write_to_researcher(profile=profile, by=UserFactory(), subject="Sleep", text=f"Dear {name}", now=now)
    reader = profile_of(UserFactory(), name="Boris Ivanov", orcid="")
    write_to_researcher(profile=reader, by=person, subject=f"From {name}", text=f"I am {name}.", now=now)


def _in_clubs(person: User, name: str, university) -> None:
    club = ClubFactory(university=university)
    MembershipFactory(club=club, user=person)
    MembershipFactory(club=club)
    TeamContact.objects.create(team=TeamFactory(club=club), name=name, phone="112233", email=ADDRESS)
    TeamContact.objects.create(team=TeamFactory(), name="The office", email=SECOND)


def _in_mails(person: User, name: str, now) -> None:
    words = {"subject": f"About {name}", "text": f"{name} asks.", "html": f"<p>{name}</p>", "now": now}
    enqueue_mail(kind="proposed", dedupe_key="a:1", recipient="office@example.org", **words)
    enqueue_mail(kind="proposed", dedupe_key=f"b:{ADDRESS}", recipient=ADDRESS, **words)
    DigestEntry.objects.create(
        person=UserFactory(), kind="proposed", dedupe_key="c:1", subject=name, summary=f"{name} asks.",
        link=f"https://example.org/?q={ADDRESS}", due_at=now,
    )  # fmt: skip
    store_mail(f"From: {name} <{SECOND}>\nSubject: Yes\n\nI come.\n".encode(), now=now)
    bounce = OutboxMessage.objects.get(dedupe_key="a:1").mime
    store_mail(b"From: mailer@example.org\nSubject: Returned\n\n" + bytes(bounce), now=now)
    Suppression.objects.create(address=ADDRESS)


def _in_files(person: User, name: str) -> None:
    file = ContentFile(b"minutes", name=f"{name}.txt")
    Document.objects.create(title=f"Minutes of {name}", file=file, uploaded_by_user=person)
    picture = ContentFile(b"face", name=f"{name}.png")
    UserProfile.objects.create(user=person, avatar=picture)


@pytest.mark.parametrize(("first", "last"), NAMES)
def test_nothing_is_left(
    first, last, university, coordinator, project_of, client, media, django_capture_on_commit_callbacks
):
    person = somebody(first, last, university, project_of, client)
    assert len(traces_in(everything(), last)) > 30
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=person, now=timezone.now())
    assert traces_in(everything(), last) == []
    files = [str(path.relative_to(media)) for path in media.rglob("*") if path.is_file()]
    assert traces_in("\n".join(files), last) == []
    # Others keep what is theirs.
    document = Document.objects.get()
    assert document.title == "Minutes of former member"
    assert document.file.read() == b"minutes"
    member = Member.objects.get(name="former member")
    assert (member.name, member.person, member.orcid, member.shown) == ("former member", None, "", False)
    assert member.left_at is not None
    assert Decision.objects.get().text == "former member measures."
    project = Project.objects.get()
    assert project.summary == "Ask former member (former member, https://orcid.org/former member)."
    assert "former member" in str(project.page.body)
    assert project.page.get_latest_revision().as_object().title == "Sleep, by former member"
    assert "former member" in SearchEntry.objects.get(kind="project").title
    assert [one.text for one in InterestMessage.objects.all()] == ["I know former member well."]
    told = OutboxMessage.objects.get(dedupe_key="a:1")
    assert told.subject == "About former member"
    assert "former member asks." in readable(told.mime)
    assert not InboundMail.objects.exists()
    assert list(TeamContact.objects.all()) == []
    log = ModelLogEntry.objects.get(action="portal.erase")
    assert (log.label, log.user_id) == ("former member", None)
    assert PageLogEntry.objects.exists()


def test_sessions_end(university, coordinator, project_of, client: Client, media):
    person = somebody(*NAMES[0], university, project_of, client)
    other = Client()
    other.force_login(UserFactory())
    assert Session.objects.count() == 2
    erase_person(person=person, now=timezone.now())
    assert Session.objects.count() == 1


def test_a_name_that_others_bear_is_left_where_it_may_be_theirs(university):
    person = UserFactory(first_name="Anna", last_name="Karenina")
    UserFactory(first_name="Anna", last_name="Karenina")
    contact = TeamContact.objects.create(team=TeamFactory(), name="Anna Karenina", phone="112233")
    erase_person(person=person, now=timezone.now())
    contact.refresh_from_db()
    assert contact.name == "Anna Karenina"


def test_one_name_alone_is_left_in_texts(project_of):
    project = project_of(summary="Anna Smith and Anna's rowers.")
    erase_person(person=UserFactory(first_name="Anna", last_name=""), now=timezone.now())
    project.refresh_from_db()
    assert project.summary == "Anna Smith and Anna's rowers."


def test_who_others_depend_on_is_told_what_to_do_first(university, coordinator, researcher, project_of):
    now = timezone.now()
    with pytest.raises(UnableToErase, match="only coordinator of Polessky State University"):
        erase_person(person=coordinator, now=now)
    project = project_of(status=ProjectStatus.RUNNING)
    with pytest.raises(UnableToErase, match=project.title):
        erase_person(person=researcher, now=now)
    club = MembershipFactory(club__university=university, user=researcher).club
    with pytest.raises(UnableToErase) as refused:
        erase_person(person=researcher, now=now)
    assert [club.name in one for one in refused.value.reasons] == [True, False]
    assert Membership.objects.filter(user=researcher).exists()
    Project.objects.update(status=ProjectStatus.FINISHED)
    MembershipFactory(club=club)
    erase_person(person=researcher, now=now)
    assert not User.objects.filter(pk=researcher.pk).exists()
    project.refresh_from_db()
    assert project.investigator is None


def test_the_only_administrator_stays(db):
    only = UserFactory(is_superuser=True)
    with pytest.raises(UnableToErase, match="only portal administrator"):
        erase_person(person=only, now=timezone.now())
    UserFactory(is_superuser=True)
    erase_person(person=only, now=timezone.now())


def test_a_refusal_in_the_middle_undoes_all(university, coordinator, project_of, client, media, monkeypatch):
    person = somebody(*NAMES[0], university, project_of, client)
    before = everything()

    def breaks(*args: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("portal.actions.personal.rename_files", breaks)
    with pytest.raises(OSError, match="no room"):
        erase_person(person=person, now=timezone.now())
    assert traces_in(everything(), "Karenina") == traces_in(before, "Karenina")
    assert ResearcherProfile.objects.filter(person=person).exists()


def test_one_asks_with_address_and_password(client: Client):
    person = UserFactory(email="anna@example.org")
    person.set_password("exchange-2027")
    person.save()
    client.force_login(person)
    way = "/accounts/data/delete/"
    wrong = client.post(way, {"address": "boris@example.org", "password": "no"}).content.decode()
    assert "This is not the address of this account." in wrong
    assert "This is not your password." in wrong
    assert User.objects.filter(pk=person.pk).exists()
    answer = client.post(way, {"address": "Anna@example.org", "password": "exchange-2027"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert not User.objects.filter(pk=person.pk).exists()
    assert client.get(way).status_code == 302


def test_who_has_no_password_types_the_address(client: Client):
    person = UserFactory()
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    assert client.post("/accounts/data/delete/", {"address": person.email})["Location"] == "/"


def test_everything_can_be_taken_along(university, coordinator, project_of, client: Client, media):
    somebody(*NAMES[1], university, project_of, client)
    answer = client.get("/accounts/data/download/")
    assert answer["Content-Disposition"].startswith('attachment; filename="my-data-')
    kept = json.loads(answer.content)
    assert kept["portal"]["account"]["email"] == ADDRESS
    assert {one["email"] for one in kept["portal"]["addresses"]} == {ADDRESS, SECOND}
    assert kept["research"]["profile"][0]["orcid"] == ORCID
    assert kept["research"]["memberships"][0]["name"] == "Анна Каренина"
    assert kept["research"]["interests"][0]["text"] == "I am Анна Каренина."
    assert [one["text"] for one in kept["research"]["messages_by_me"]] == ["From me"]
    assert [one["text"] for one in kept["research"]["messages_to_me"]] == ["Dear Анна Каренина"]
    assert kept["research"]["saved_searches"][0]["query"] == "text=sleep"
    assert kept["exchange"]["clubs"][0]["role"] == "officer"
    assert len(kept["exchange"]["contacts"]) == 2
    assert any("Анна Каренина" in one["text"] for one in kept["portal"]["mails_to_me"])
    assert kept["portal"]["documents"][0]["title"] == "Minutes of Анна Каренина"
    assert kept["portal"]["comments"][0]["text"] == "A remark"
    assert not export_of(UserFactory())["research"]["profile"]
