from __future__ import annotations

from argparse import ArgumentParser

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from portal.actions.people import know_person
from portal.actions.universities import UnableToAppoint, appoint
from portal.enums import UniversityRole
from portal.management.arguments import university_of


class Command(BaseCommand):
    help = "Gives a person a role at a university that takes part; makes the account when there is none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="address that the person signs in with")
        parser.add_argument("ror", help="ROR id of the university")
        parser.add_argument("role", choices=UniversityRole.values)

    def handle(self, *, email: str, ror: str, role: str, **options: object) -> None:
        university = university_of(ror)
        try:
            validate_email(email)
        except ValidationError as fault:
            raise CommandError(f"{email} is not an e-mail address.", returncode=2) from fault
        person = know_person(email=email, language=settings.LANGUAGE_CODE)
        try:
            appoint(user=person, university=university, role=UniversityRole(role))
        except UnableToAppoint as refusal:
            hint = f"Run `manage.py join_university {university.ror}` first."
            raise CommandError(f"{refusal} {hint}") from refusal
        self.stdout.write(f"{person.email} is {role} of {university}.")
        if not person.has_usable_password():
            where = settings.BASE_URL + reverse("account_reset_password")
            self.stdout.write(f"The account has no password yet; its owner sets one on {where}")
