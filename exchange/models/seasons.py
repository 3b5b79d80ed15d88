from __future__ import annotations

from datetime import date, time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SeasonQuerySet(models.QuerySet["Season"]):
    def open_on(self, day: date) -> SeasonQuerySet:
        """Seasons whose last day is still to come: requests may be filed, runs made."""
        return self.filter(ends__gte=day)


class Season(models.Model):
    """The time in which requests are made and fixtures lie, and the policy of its runs."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    publishes_itself = models.BooleanField(
        _("publish runs at once"),
        default=True,
        help_text=_("If not, a portal administrator publishes each run by hand."),
    )
    answer_days = models.PositiveSmallIntegerField(
        _("days to answer an invitation"), default=7, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    remind_hours = models.PositiveSmallIntegerField(
        _("hours of silence before a reminder"),
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
    )
    result_hours = models.PositiveSmallIntegerField(
        _("hours to dispute a result"),
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
    )
    kick_off = models.TimeField(_("usual kick-off"), default=time(15, 0))
    #: How much a result moves the ratings, beside a championship's 1.
    rating_weight = models.FloatField(
        _("weight of a result in the ratings"),
        default=0.5,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    #: When a repair run starts; set where dates have become free, emptied when it has started.
    repair_due_at = models.DateTimeField(null=True, editable=False)
    #: Readers of a season's plan follow this pointer and nothing else.
    published_run = models.OneToOneField(
        "exchange.MatchRun", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = SeasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="season_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.name
