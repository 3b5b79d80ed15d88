"""What the members of a project keep for themselves."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from research.enums import MilestoneState

from .projects import Project


class ProjectSpace(models.Model):
    """The private rooms of a project: the group of its members and the collection of their files."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="space")
    group = models.OneToOneField("auth.Group", on_delete=models.PROTECT, related_name="+")
    collection = models.OneToOneField("wagtailcore.Collection", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.project)


class Milestone(models.Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=150)
    #: None: a point in time, on `due_on`.
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=8, choices=MilestoneState, default=MilestoneState.PLANNED)
    reached_on = models.DateField(_("reached on"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(due_on__gte=F("starts_on")),
                name="milestone_is_due_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state=MilestoneState.REACHED, reached_on__isnull=False)
                | (~Q(state=MilestoneState.REACHED) & Q(reached_on=None)),
                name="milestone_has_a_day_when_it_is_reached",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Decision(models.Model):
    """What the members agreed on. Never changed; a later one says otherwise."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="decisions")
    text = models.TextField(_("decision"), max_length=2000)
    taken_on = models.DateField(_("taken on"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("decision")
        ordering = ["-taken_on", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]
