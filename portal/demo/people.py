"""Who can sign in to the demonstration; all with one password."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password

from portal.models import User

#: The university at which they are at home: Belarusian State University.
HOME = "021036w13"
COORDINATOR = "coordinator@example.org"
OFFICER = "officer@example.org"
GUEST_OFFICER = "guest-officer@example.org"
#: Given and family names common in many places; nobody in particular.
NAMES = {
    "administrator": ("Alex", "Admin"),
    "coordinator": ("Maria", "Novik"),
    "officer": ("Ivan", "Sokol"),
    "guest_officer": ("Anna", "Kowal"),
    "researcher": ("Daria", "Lis"),
}


@dataclass(frozen=True, slots=True)
class People:
    administrator: User
    coordinator: User
    officer: User
    guest_officer: User
    researcher: User


def make_people() -> People:
    password = make_password(settings.DEMO_PASSWORD)
    users = {
        name: User(
            email=f"{name.replace('_', '-')}@example.org", first_name=first, last_name=last, password=password
        )
        for name, (first, last) in NAMES.items()
    }
    users["administrator"].is_staff = users["administrator"].is_superuser = True
    add_people(list(users.values()))
    return People(**users)


def add_people(users: list[User]) -> None:
    """With addresses that count as proven: no mail needs to be answered first."""
    User.objects.bulk_create(users)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
