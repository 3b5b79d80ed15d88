"""An administrator lets a university take part and appoints its first coordinator, on the command line."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from portal.access import coordinated_universities
from portal.models import University, UniversityPage, User
from tests.factories import UniversityFactory, UserFactory

pytestmark = pytest.mark.django_db

BSU = "021036w13"


@pytest.fixture
def university() -> University:
    return UniversityFactory(ror=BSU, name="Belarusian State University", slug="bsu", joined_at=None)


def test_a_university_joins_by_its_ror_id(university: University, capsys: pytest.CaptureFixture[str]):
    call_command("join_university", f"https://ror.org/{BSU}")
    assert UniversityPage.objects.live().get().university == university
    assert "Belarusian State University takes part: " in capsys.readouterr().out
    assert capsys.readouterr().err == ""


def test_somebody_new_becomes_its_coordinator(university: University, capsys: pytest.CaptureFixture[str]):
    call_command("join_university", BSU)
    call_command("appoint", "Office@Example.org", BSU, "coordinator")
    person = User.objects.get(email="office@example.org")
    assert list(coordinated_universities(person)) == [university]
    assert not person.has_usable_password()
    assert "/accounts/password/reset/" in capsys.readouterr().out


def test_somebody_known_keeps_the_account(university: University):
    known = UserFactory(email="office@example.org", password="kept")
    call_command("join_university", BSU)
    call_command("appoint", "office@example.org", BSU, "researcher")
    known.refresh_from_db()
    assert known.password == "kept"
    assert known.groups.get().university_role.role == "researcher"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("join_university", "021036w14"), "wrong"),
        (("join_university", "05gqaka33"), "import the register first"),
        (("appoint", "nobody", BSU, "editor"), "nobody is not an e-mail address."),
        (("appoint", "a@example.org", BSU, "editor"), f"Run `manage.py join_university {BSU}` first."),
        (("appoint", "a@example.org", BSU, "dean"), "invalid choice"),
    ],
)
def test_what_cannot_be_is_one_sentence(university: University, arguments: tuple[str, ...], sentence: str):
    with pytest.raises(CommandError, match=sentence):
        call_command(*arguments)
