"""Members and files that tests of a project's space begin with."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.models import Document

from portal.models import University, User
from research.actions.files import keep_file
from research.actions.members import add_member
from research.models import Member, Project
from tests.factories import UserFactory

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
TODAY = date(2027, 3, 1)


def joined_by(project: Project, university: University | None = None, **facts) -> Member:
    facts = {"first_name": "Vera", "last_name": "Orlova"} | facts
    person = facts.pop("person", None) or UserFactory(**facts)
    return add_member(project=project, person=person, by=person, now=NOW, university=university, shown=False)


def upload(name: str = "protocol.txt", content: bytes = b"We sleep.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def kept(project: Project, by: User, name: str = "protocol.txt", content: bytes = b"We sleep.") -> Document:
    return keep_file(project=project, file=upload(name, content), by=by)
