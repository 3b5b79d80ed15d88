"""What the log says of roles: which, and whose. The log keeps the person's key, never the name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

from portal.enums import UniversityRole
from portal.models import User


class RoleGiven(LogFormatter):
    label = _("Give a role")

    def format_message(self, entry: ModelLogEntry) -> str:
        role, person = entry.data.get("role"), _person(entry)
        if role not in UniversityRole.values or not person:
            return _("Role given")
        return _("Role given: %(role)s, %(person)s") % {"role": UniversityRole(role).label, "person": person}


class EditorRemoved(LogFormatter):
    label = _("Remove an editor")

    def format_message(self, entry: ModelLogEntry) -> str:
        person = _person(entry)
        return _("Editor removed: %(person)s") % {"person": person} if person else _("Editor removed")


def _person(entry: ModelLogEntry) -> User | None:
    """None where the account was deleted since."""
    return User.objects.filter(pk=entry.data.get("person")).first()
