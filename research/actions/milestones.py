"""What the members want to reach until when."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.refusal import Refusal
from research.call_days import today_at
from research.enums import MILESTONE_MOVES, MilestoneState
from research.models import Milestone, Project

from .changes import note_change

#: More than a page can show, and than anybody keeps up to date.
MOST_MILESTONES = 100


class UnableToKeepMilestone(Refusal):
    @classmethod
    def overtaken(cls, milestone: Milestone) -> UnableToKeepMilestone:
        now = Milestone.objects.get(pk=milestone.pk)
        return cls(_("This milestone is now: %(state)s.") % {"state": now.get_state_display()})


@transaction.atomic
def add_milestone(
    *, project: Project, title: str, starts_on: date | None, due_on: date, now: datetime
) -> Milestone:
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    if project.milestones.count() >= MOST_MILESTONES:
        raise UnableToKeepMilestone(
            _("A project has %(most)s milestones at most. Change one that is no longer needed.")
            % {"most": MOST_MILESTONES}
        )
    milestone = Milestone.objects.create(project=project, title=title, starts_on=starts_on, due_on=due_on)
    _note(project, now)
    return milestone


@transaction.atomic
def change_milestone(
    *, milestone: Milestone, title: str, starts_on: date | None, due_on: date, now: datetime
) -> Milestone:
    """Words and days; the state moves by `move_milestone`."""
    rows = Milestone.objects.filter(pk=milestone.pk)
    rows.update(title=title, starts_on=starts_on, due_on=due_on)
    _note(milestone.project, now)
    return rows.get()


@transaction.atomic
def move_milestone(
    *, milestone: Milestone, was: MilestoneState, to: MilestoneState, now: datetime
) -> Milestone:
    """`was` is the state that they saw who move it; refused where another has been faster."""
    if to not in MILESTONE_MOVES[was]:
        raise UnableToKeepMilestone.overtaken(milestone)
    reached_on = today_at(milestone.project.lead, now) if to == MilestoneState.REACHED else None
    here = Milestone.objects.filter(pk=milestone.pk, state=was)
    if not here.update(state=to, reached_on=reached_on):
        raise UnableToKeepMilestone.overtaken(milestone)
    _note(milestone.project, now)
    return Milestone.objects.get(pk=milestone.pk)


@transaction.atomic
def show_milestones(*, project: Project, shown: bool, now: datetime) -> None:
    """On the public page: titles, days and states."""
    if Project.objects.filter(pk=project.pk, shows_milestones=not shown).update(shows_milestones=shown):
        note_change(project=project, now=now)


def _note(project: Project, now: datetime) -> None:
    """What only members see changes nothing for anybody else."""
    if Project.objects.filter(pk=project.pk, shows_milestones=True).exists():
        note_change(project=project, now=now)
