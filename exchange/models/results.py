from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchange.enums import AnswerWay, ResultKind, ResultState, Side

from .clubs import Team
from .fixtures import Fixture


class Result(models.Model):
    """One entry of a fixture's result by one side, or by an administrator who decides; the last counts."""

    fixture = models.ForeignKey(Fixture, on_delete=models.CASCADE, related_name="results")
    kind = models.CharField(_("how it ended"), max_length=14, choices=ResultKind, default=ResultKind.PLAYED)
    host_score = models.PositiveSmallIntegerField(_("score of the host"), null=True, blank=True)
    guest_score = models.PositiveSmallIntegerField(_("score of the guest"), null=True, blank=True)
    #: Sets, periods, a word on why it was abandoned; public once the result stands.
    detail = models.CharField(_("details"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=ResultState, default=ResultState.ENTERED)
    #: Empty where an administrator has decided.
    side = models.CharField(_("entered by"), max_length=5, choices=Side, blank=True)
    entered_at = models.DateTimeField(_("entered"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    via = models.CharField(max_length=10, choices=AnswerWay, default=AnswerWay.PORTAL)
    #: When it stands by itself unless the other side disputes it.
    stands_at = models.DateTimeField()
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    dispute = models.CharField(_("what is disputed"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fixture"],
                condition=Q(state__in=(ResultState.ENTERED, ResultState.DISPUTED, ResultState.STANDS)),
                name="one_result_counts_a_fixture",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ResultKind.PLAYED) | Q(host_score__isnull=False, guest_score__isnull=False),
                name="played_result_has_scores",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host_score}:{self.guest_score}"


class RatingChange(models.Model):
    """Append-only: what one result did to the rating of one team, on the Elo scale."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="rating_changes")
    fixture = models.ForeignKey(Fixture, on_delete=models.CASCADE, related_name="rating_changes")
    at = models.DateTimeField()
    #: 1 won, 0.5 drawn, 0 lost; and what was expected of it.
    score = models.FloatField()
    expected = models.FloatField()
    weight = models.FloatField()
    before = models.FloatField()
    after = models.FloatField()
    deviation_before = models.FloatField()
    deviation_after = models.FloatField()

    class Meta:
        # In the order in which they were applied: `at` is when the result became final.
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["team", "fixture"], name="fixture_rates_a_team_once")]

    def __str__(self) -> str:
        return f"{self.team}: {self.before:.0f} → {self.after:.0f}"
