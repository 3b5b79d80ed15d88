"""The lead of a project goes from one member to another."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.access import research_universities
from portal.models import User
from portal.refusal import Refusal
from research.access import leads
from research.models import Project
from research.space_notices import tell_handed_over

from .changes import note_change
from .members import add_member


class UnableToHandOver(Refusal):
    pass


@transaction.atomic
def hand_over_lead(*, project: Project, to: User, by: User, now: datetime) -> Project:
    """By the principal investigator or a coordinator of the lead university. Who led stays as a member."""
    current = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    if not leads(by, current):
        raise UnableToHandOver(_("You do not lead this project any more."))
    before = current.investigator
    if before is not None and before.pk == to.pk:
        raise UnableToHandOver(_("They lead this project already."))
    if not to.is_active or not current.members.filter(person=to, left_at=None).exists():
        raise UnableToHandOver(_("They do not belong to this project. They have to join it first."))
    if not research_universities(to).filter(pk=current.lead_id).exists():
        raise UnableToHandOver(
            _("They do not do research at %(university)s. A portal administrator gives them that role first.")
            % {"university": current.lead}
        )
    here = Project.objects.filter(pk=current.pk, investigator=before)
    if not here.update(investigator=to):
        raise UnableToHandOver(_("Somebody else has handed over the lead meanwhile."))
    current.investigator = to
    if before is not None and not current.members.filter(person=before, left_at=None).exists():
        add_member(project=current, person=before, by=by, now=now, university=current.lead, shown=False)
    tell_handed_over(project=current, before=before, by=by, now=now)
    note_change(project=current, now=now)
    return current
