from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.enums import DayUse, RequestState

from .clubs import Team
from .seasons import Season


class FixtureRequest(models.Model):
    """What one team asks of one season."""

    season = models.ForeignKey(
        Season, on_delete=models.PROTECT, related_name="requests", verbose_name=_("season")
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="requests", verbose_name=_("team"))
    wanted = models.PositiveSmallIntegerField(
        _("fixtures wanted"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    min_rest_days = models.PositiveSmallIntegerField(
        _("rest days"),
        default=1,
        validators=[MaxValueValidator(60)],
        help_text=_("Free days between two fixtures: with 2, Saturday and then Tuesday."),
    )
    max_distance_km = models.PositiveIntegerField(
        _("farthest trip, km"), default=300, validators=[MinValueValidator(1), MaxValueValidator(20_100)]
    )
    max_rating_gap = models.PositiveIntegerField(
        _("largest gap in rating"), null=True, blank=True, help_text=_("Leave empty to play anyone.")
    )
    avoid = models.ManyToManyField(Team, related_name="+", blank=True, verbose_name=_("teams to avoid"))
    prefer = models.ManyToManyField(Team, related_name="+", blank=True, verbose_name=_("teams to prefer"))
    notes = models.TextField(_("notes"), blank=True, max_length=2000)
    state = models.CharField(_("state"), max_length=12, choices=RequestState, default=RequestState.OPEN)
    created_at = models.DateTimeField(_("asked"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("request for fixtures")
        verbose_name_plural = _("requests for fixtures")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["season", "team"], name="one_request_a_team_and_season"),
            models.CheckConstraint(condition=Q(wanted__gte=1), name="request_wants_a_fixture"),
        ]

    def __str__(self) -> str:
        return f"{self.team}, {self.season}"

    def get_absolute_url(self) -> str:
        return reverse("exchange:request", args=[self.pk])


class RequestDay(models.Model):
    """One day on which the team can play, and how."""

    request = models.ForeignKey(FixtureRequest, on_delete=models.CASCADE, related_name="days")
    date = models.DateField(_("day"))
    use = models.CharField(_("can"), max_length=6, choices=DayUse)

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["request", "date"], name="one_use_a_day_of_a_request")]

    def __str__(self) -> str:
        return f"{self.date} {self.use}"


class ForbiddenPair(models.Model):
    """Two teams one of which has said no: not paired again in this season."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="forbidden_pairs")
    first = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["season", "first", "second"], name="pair_forbidden_once"),
            # The lower id first, so that a pair has one row.
            models.CheckConstraint(
                condition=Q(first__lt=models.F("second")), name="forbidden_pair_is_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"
