"""Whom to call about a team."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.models import Team, TeamContact
from portal.refusal import Refusal

#: Of one team: those who are called, not the squad.
MOST_CONTACTS = 6


class UnableToSaveContact(Refusal):
    pass


@transaction.atomic
def save_contact(*, contact: TeamContact) -> TeamContact:
    """A new contact, or new facts of one."""
    try:
        contact.full_clean()
    except ValidationError as faults:
        raise UnableToSaveContact(str(faults.messages[0])) from faults
    if contact.pk is None:
        # The team's row is held, so that two who add at the same time do not pass the limit together.
        team = Team.objects.select_for_update(no_key=True).get(pk=contact.team_id)
        if team.contacts.count() >= MOST_CONTACTS:
            raise UnableToSaveContact(
                ngettext(
                    "A team has %(most)s contact at most. Remove one first.",
                    "A team has %(most)s contacts at most. Remove one first.",
                    MOST_CONTACTS,
                )
                % {"most": MOST_CONTACTS}
            )
        contact.save()
    elif not TeamContact.objects.filter(pk=contact.pk).update(
        **{name: getattr(contact, name) for name in ("name", "role", "phone", "email")}
    ):
        raise UnableToSaveContact(_("This contact has been removed in the meantime."))
    return contact


@transaction.atomic
def remove_contact(*, contact: TeamContact) -> None:
    """Nothing of it is kept."""
    TeamContact.objects.filter(pk=contact.pk).delete()
