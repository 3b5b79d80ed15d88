from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.enums import RUN_ACTIVE, ComponentState, RunState, RunTrigger

from .requests import FixtureRequest
from .seasons import Season


class MatchRun(models.Model):
    """One matching run: its snapshot, how far it is, what it reached and what is proven of it."""

    season = models.ForeignKey(
        Season, on_delete=models.PROTECT, related_name="runs", verbose_name=_("season")
    )
    trigger = models.CharField(_("started"), max_length=10, choices=RunTrigger)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    state = models.CharField(_("state"), max_length=12, choices=RunState, default=RunState.QUEUED)
    created_at = models.DateTimeField(_("asked"), default=timezone.now)
    #: Who computes, and until when the others believe it is alive; moved on with the progress.
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(_("finished"), null=True)
    failure = models.TextField(_("what went wrong"), blank=True)

    #: The snapshot as exchange-pool/1, gzipped, and its SHA-256: a run can be repeated outside the portal.
    pool = models.BinaryField(null=True)
    pool_hash = models.CharField(max_length=64, blank=True)
    #: {"stage", "done", "total", "seconds", "objective", "bound"} as the engine last told.
    progress = models.JSONField(default=dict)
    #: What the plan means for people: {"fairness": …, "blocking": …}; written when the run is staged.
    report = models.JSONField(default=dict)

    requests = models.PositiveIntegerField(_("requests"), default=0)
    served = models.PositiveIntegerField(_("served"), null=True)
    waiting_days = models.PositiveIntegerField(_("waiting days served"), null=True)
    quality = models.PositiveIntegerField(_("quality"), null=True)
    served_bound = models.PositiveIntegerField(_("served at most"), null=True)
    waiting_days_bound = models.PositiveIntegerField(_("waiting days at most"), null=True)
    quality_bound = models.PositiveIntegerField(_("quality at most"), null=True)

    class Meta:
        verbose_name = _("matching run")
        verbose_name_plural = _("matching runs")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["season"], condition=Q(state=RunState.PUBLISHED), name="one_published_run_a_season"
            ),
            models.UniqueConstraint(
                fields=["season"], condition=Q(state__in=RUN_ACTIVE), name="one_active_run_a_season"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.season}, {self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("exchange:run", args=[self.pk])


class RunComponent(models.Model):
    """A part of a large run that one worker computes by itself. Dropped once the run is staged, but for what
    the next run of the season may use again.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="components")
    #: From 0, the most work first.
    number = models.PositiveIntegerField()
    #: A guess at how long it takes beside the others; its candidates, mostly.
    work = models.PositiveBigIntegerField()
    #: Independent parts within it.
    parts = models.PositiveIntegerField()
    #: exchange-pool/1, gzipped, and its SHA-256; the same pool has the same plan.
    pool = models.BinaryField(null=True)
    pool_hash = models.CharField(max_length=64)

    state = models.CharField(max_length=12, choices=ComponentState, default=ComponentState.QUEUED)
    created_at = models.DateTimeField()
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    #: Of a worker: those it may use while it computes, those it has used once it is done.
    seconds = models.FloatField(default=0)
    #: As that of a run, of this component alone.
    progress = models.JSONField(default=dict)
    #: exchange-plan/1, gzipped.
    plan = models.BinaryField(null=True)
    #: Nothing better exists: the bound is met.
    proven = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="component_once_a_run")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"


class PlannedFixture(models.Model):
    """A fixture of a run's plan, written when the run is staged; published ones become `Fixture` rows."""

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="planned")
    host = models.ForeignKey(FixtureRequest, on_delete=models.CASCADE, related_name="+")
    guest = models.ForeignKey(FixtureRequest, on_delete=models.CASCADE, related_name="+")
    date = models.DateField(_("date"))
    quality = models.IntegerField(_("quality"))
    #: [{"name", "points", "of", "params"}]: the worth, split by reason.
    terms = models.JSONField(default=list)
    distance_km = models.FloatField(_("distance, km"))
    #: {"host": […], "guest": […]}: whom that side could have met instead, and what it would cost the plan.
    alternatives = models.JSONField(default=dict)
    #: It stood before the run and stays.
    fixed = models.BooleanField(default=False)

    class Meta:
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "host", "guest"], name="pair_planned_once_a_run")
        ]

    def __str__(self) -> str:
        return f"{self.host} – {self.guest}, {self.date}"


class UnservedRequest(models.Model):
    """A request that a run could give nothing, with the reason and what would help."""

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="unserved")
    request = models.ForeignKey(FixtureRequest, on_delete=models.CASCADE, related_name="+")
    #: {"code", "params"}; templates say it in the reader's language.
    reason = models.JSONField()
    advice = models.JSONField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["run", "request"], name="unserved_once_a_run")]

    def __str__(self) -> str:
        return str(self.request)
