"""Coordinators appoint and dismiss the editors of their own university."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.diary import write_down
from portal.editor_notices import appointed_key, tell_appointed, tell_dismissed
from portal.enums import UniversityRole
from portal.models import University, User
from portal.newcomers import has_proven_address
from portal.outbox import cancel_mails
from portal.queries.people import coordinators_of, editors_of
from portal.refusal import Refusal

from .people import account_address, know_person
from .universities import UnableToAppoint, appoint

#: More people than this do not write for a university; it also bounds the mails that one can cause.
MOST_EDITORS = 30


class UnableToDismissEditor(Refusal):
    pass


@transaction.atomic
def appoint_editor(*, university: University, email: str, by: User, now: datetime) -> User:
    """Lets the owner of this address write the university's pages, and tells them by mail.

    An address nobody has proven yet gets an account without a password and a link to set one. Appointing such
    a person again sends a fresh link, once a day at most.
    """
    # The university's row is held, so that two who appoint at the same time do not pass the limit together.
    university = University.objects.select_for_update(no_key=True).get(pk=university.pk)
    person = know_person(email=account_address(email, otherwise=UnableToAppoint), language=by.language)
    if not person.is_active:
        raise UnableToAppoint(_("This account is closed. Please ask a portal administrator."))
    if coordinators_of(university).filter(pk=person.pk).exists():
        raise UnableToAppoint(
            _("%(person)s coordinates this university and may write its pages already.") % {"person": person}
        )
    proven = has_proven_address(person)
    standing = editors_of(university).filter(pk=person.pk).exists()
    if standing and proven:
        raise UnableToAppoint(_("%(person)s is an editor already.") % {"person": person})
    if not standing:
        _leave_room(university)
        appoint(user=person, university=university, role=UniversityRole.EDITOR, by=by)
    tell_appointed(university=university, person=person, by=by, proven=proven, now=now)
    return person


@transaction.atomic
def dismiss_editor(*, university: University, person: User, by: User, now: datetime) -> None:
    """What the person has written stays, and so does the account."""
    held = person.groups.through.objects.filter(
        user=person,
        group__university_role__university=university,
        group__university_role__role=UniversityRole.EDITOR,
    )
    gone, _rows = held.delete()
    if not gone:
        raise UnableToDismissEditor(_("This person is no editor any more."))
    cancel_mails(dedupe_prefix=appointed_key(university, person))
    tell_dismissed(university=university, person=person, by=by, now=now)
    write_down("portal.dismiss_editor", university, by=by, now=now, person=person.pk)


def _leave_room(university: University) -> None:
    if editors_of(university).count() >= MOST_EDITORS:
        raise UnableToAppoint(
            ngettext(
                "A university has %(most)s editor at most. Remove somebody first.",
                "A university has %(most)s editors at most. Remove somebody first.",
                MOST_EDITORS,
            )
            % {"most": MOST_EDITORS}
        )
